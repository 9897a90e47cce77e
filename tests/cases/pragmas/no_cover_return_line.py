# The pragma on a simple statement.
# python: >=3.11
def f(x):
    if x:
        return 1  # pragma: no cover  # excluded
    return 2


f(0)
