# A case whose guard the compiler knows to be false has one way, to the next case.
# python: >=3.11
def f(x):
    match x:
        case 1 if False:
            y = 1  # no code
        case 2:  # branch: 8 taken, 9 taken
            y = 2
        case _:
            y = 3
    return y


f(1)
f(2)
