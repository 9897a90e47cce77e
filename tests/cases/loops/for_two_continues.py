# Several ways back to the loop's head.
# python: >=3.11
for i in range(3):  # branch: 4 taken, exit taken
    if i == 0:  # branch: 5 taken, 6 taken
        continue
    if i == 1:  # branch: 7 taken, 8 taken
        continue
    x = i
