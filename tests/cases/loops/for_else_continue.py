# A continue does not keep a loop from its else.
# python: >=3.11
for x in (1, 2):  # branch: 4 taken, 8 taken
    if x == 1:  # branch: 5 taken, 6 taken
        continue
    y = x
else:
    z = 1
