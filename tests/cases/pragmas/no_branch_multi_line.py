# The pragma on any line of a condition.
# python: >=3.11
def f(x, y):
    if (  # branch: 9 taken
        x  # pragma: no branch
        and y
    ):
        return 1  # missed
    return 2


f(0, 0)
