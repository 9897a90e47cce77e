# A constant that is given a name is tested.
# python: >=3.11
if (x := 1):  # branch: 4 taken, 6 missed
    y = 1
else:
    y = 2  # missed
