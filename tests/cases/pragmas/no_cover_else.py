# The pragma on an else leaves its if, which is no branch then.
# python: >=3.11
def f(x):
    if x:
        y = 1
    else:  # pragma: no cover
        y = 2  # excluded
    return y


f(1)
