# The if at the end of the body goes back to the loop's head.
# python: >=3.11
for i in range(3):  # branch: 4 taken, exit taken
    x = i
    if i == 1:  # branch: 3 taken, 6 taken
        x = 0
