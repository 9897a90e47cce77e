# What follows a continue or a break is dropped.
# python: >=3.11
for x in (1, 2):  # branch: 4 taken, exit missed
    if x == 1:  # branch: 5 taken, 7 taken
        continue
        y = 1  # no code
    break
    z = 1  # no code
