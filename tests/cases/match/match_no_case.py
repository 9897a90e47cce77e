# No case matches, and the match is passed by.
# python: >=3.11
def f(x):
    match x:
        case 1:  # branch: 6 missed, 7 taken
            y = 1  # missed
        case 2:  # branch: 8 missed, 9 taken
            y = 2  # missed
    return x


f(3)
