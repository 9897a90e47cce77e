# Cases on one line have one way on, unless they jump.
# python: >=3.11
def f(x):
    match x:
        case 1: y = 1  # branch: 6 taken, 8 taken
        case 2: return 2  # branch: 7 missed, exit taken
        case _: y = 3  # missed
    return y


f(1)
f(2)
