# A match at the end of the module.
# python: >=3.11
match 3:
    case 1:  # branch: 5 missed, 6 taken
        x = 1  # missed
    case 3:  # branch: 7 taken, exit missed
        x = 3
