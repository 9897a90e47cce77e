# The body has a line of its own, the else has its statement beside it.
# python: >=3.11
def f(x):
    if x:  # branch: 5 missed, 6 taken
        y = 1  # missed
    else: y = 2
    return y


f(0)
