# What follows a match all of whose cases return is dropped.
# python: >=3.11
def f(x):
    match x:
        case 1:  # branch: 6 taken, 7 missed
            return 1
        case _:  # missed
            return 2  # missed
    y = 3  # no code


f(1)
