# The if at the end of the body is always true.
# python: >=3.11
for i in range(3):  # branch: 4 taken, exit taken
    x = i
    if i < 5:  # branch: 3 missed, 6 taken
        x = 0
