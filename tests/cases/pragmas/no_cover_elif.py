# The pragma on an elif takes out its clause only.
# python: >=3.11
def f(x):
    if x == 1:
        return 1
    elif x == 2:  # pragma: no cover  # excluded
        return 2  # excluded
    elif x == 3:  # branch: 9 taken, 10 missed
        return 3
    return 4  # missed


f(1)
f(3)
