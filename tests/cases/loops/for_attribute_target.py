# The target of a loop may be an attribute or an item.
# python: >=3.11
class Box:
    value = 0


items = {}
for Box.value in (1, 2):  # branch: 9 taken, 10 taken
    pass
for items["last"] in (1, 2):  # branch: 11 taken, exit taken
    pass
