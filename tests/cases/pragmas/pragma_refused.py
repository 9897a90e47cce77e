# Not the pragma.
# python: >=3.11
def f(x):
    if x:  # branch: 5 missed, 8 taken
        a = 1  # pragma : no cover  # missed
        b = 2  # Pragma: no cover  # missed
        c = 3  # pragma: no-cover  # missed
    return x


f(0)
