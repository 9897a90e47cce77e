# A subject that is bound on the way.
# python: >=3.11
def f(x):
    match (y := x + 1):
        case 2:  # branch: 6 taken, 7 missed
            return y
        case _:  # missed
            return -y  # missed


f(1)
