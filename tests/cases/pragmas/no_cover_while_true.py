# The pragma on an endless loop.
# python: >=3.11
def f(x):
    while True:  # pragma: no cover  # excluded
        if x:  # excluded
            return 1  # excluded


f(1)
