# `True and` leaves the other part as it is.
# python: >=3.11
def f(x):
    if True and x:  # branch: 5 missed, 6 taken
        return 1  # missed
    return 2


f(0)
