# Patterns written as tuples.
# python: >=3.11
def f(x):
    match x:
        case 0, y:  # branch: 6 taken, 7 taken
            return y
        case (x, 0):  # branch: 8 missed, 9 taken
            return x  # missed
        case x, y:  # branch: 10 taken, exit missed
            return x + y


f((0, 1))
f((1, 2))
