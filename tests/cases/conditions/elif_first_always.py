# The first condition of a chain is always true.
# python: >=3.11
def f(x):
    if x:  # branch: 5 taken, 6 missed
        y = 1
    elif x is None:  # missed; branch: 7 missed, 9 missed
        y = 2  # missed
    else:
        y = 3  # missed
    return y


f(1)
