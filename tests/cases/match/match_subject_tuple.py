# A subject made of several values.
# python: >=3.11
def f(x, y):
    match x, y:
        case 0, _:  # branch: 6 taken, 7 taken
            return "left"
        case _, 0:  # branch: 8 missed, 9 taken
            return "right"  # missed
        case _:
            return "none"


f(0, 1)
f(1, 1)
