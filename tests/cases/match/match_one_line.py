# Cases with their bodies on their own lines.
# python: >=3.11
def f(x):
    match x:
        case 1: y = 1  # branch: 6 taken, 8 missed
        case 2: y = 2  # branch: 7 missed, 8 taken
        case _: y = 3  # missed
    return y


f(2)
