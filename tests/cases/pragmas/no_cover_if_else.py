# The pragma on an if leaves its else.
# python: >=3.11
def f(x):
    if x:  # pragma: no cover  # excluded
        y = 1  # excluded
    else:
        y = 2
    return y


f(0)
