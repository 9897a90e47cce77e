# `False or` leaves the other part as it is.
# python: >=3.11
def f(x):
    if False or x:  # branch: 5 taken, 6 missed
        return 1
    return 2  # missed


f(1)
