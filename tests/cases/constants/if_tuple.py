# The truth of a tuple with something in it.
# python: >=3.11
def f(x):
    if (x,):  # branch: 5 taken, 6 missed
        return 1
    return 2  # missed


f(0)
