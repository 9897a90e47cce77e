# A name for a name takes everything.
# python: >=3.11
def f(x):
    match x:
        case 0:  # branch: 6 missed, 7 taken
            y = 0  # missed
        case (y as z):
            y = z
    return y


f(2)
