# A guard that the compiler knows to be true is none.
# python: >=3.11
def f(x):
    match x:
        case 0:  # branch: 6 missed, 7 taken
            y = 0  # missed
        case _ if True:
            y = 1
    return y


f(2)
