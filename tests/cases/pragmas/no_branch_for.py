# A forgiven loop that never ends.
# python: >=3.11
for x in (1, 2):  # pragma: no branch  # branch: 4 taken
    break
y = 1
