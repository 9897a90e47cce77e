# An if whose condition stands on two lines, with a return on the second one.
# python: >=3.12
def f(x, y):
    if (x or  # branch: 6 missed, exit taken
            y): return 1
    return 2  # missed


f(1, 0)
