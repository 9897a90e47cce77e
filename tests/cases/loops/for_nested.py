# The inner loop's end leads to the outer loop's head.
# python: >=3.11
pairs = []
for x in (1, 2):  # branch: 5 taken, exit taken
    for y in (3, 4):  # branch: 4 taken, 6 taken
        pairs.append((x, y))
