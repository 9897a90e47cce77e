# The inner loop is never entered.
# python: >=3.11
for x in (1, 2):  # branch: 4 taken, exit taken
    for y in ():  # branch: 3 taken, 5 missed
        z = 1  # missed
