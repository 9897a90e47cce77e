# A branch one side of which is excluded is no branch.
# python: >=3.11
def f(x):
    if x:
        y = 1
    else:  # pragma: no cover
        y = 2  # excluded
    if y == 7:
        raise ValueError  # pragma: no cover  # excluded
    return y


f(1)
