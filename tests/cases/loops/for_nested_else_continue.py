# Continuing the outer loop from the inner one, by way of its else.
# python: >=3.11
found = []
for x in (2, 3, 4):  # branch: 5 taken, exit taken
    for y in (2, 3):  # branch: 6 taken, 9 taken
        if x != y and x % y == 0:  # branch: 5 taken, 7 taken
            break
    else:
        found.append(x)
        continue
    found.append(-x)
