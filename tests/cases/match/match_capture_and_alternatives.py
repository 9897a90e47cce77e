# A bare name and an alternative `_` always match, also under `as`; a guard makes them fail.
# python: >=3.11
def f(x):
    match x:
        case 1 | 2:  # branch: 6 taken, 7 taken
            y = 0
        case other if other > 10:  # branch: 8 taken, 9 missed
            y = 1
        case 3 | _:  # missed
            y = x  # missed
    match y:
        case 5:  # branch: 13 missed, 14 taken
            y = 6  # missed
        case _ as anything:
            y = anything
    return y


f(1)
f(11)
