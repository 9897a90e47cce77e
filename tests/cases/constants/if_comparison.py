# No comparison is worked out beforehand.
# python: >=3.11
if 1 < 2:  # branch: 4 taken, 6 missed
    x = 1
else:
    x = 2  # missed
