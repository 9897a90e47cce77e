# Bodies of pass are lines that run.
# python: >=3.11
for x in (0, 1):  # branch: 4 taken, exit taken
    if x:  # branch: 5 taken, 7 taken
        pass
    else:
        pass
