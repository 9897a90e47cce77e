# What follows an if that always returns on its taken side.
# python: >=3.11
def f(x):
    if x:  # branch: 5 taken, 7 missed
        return 1
    else:
        y = 2  # missed
    return y  # missed


f(3)
