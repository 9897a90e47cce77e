# A forgiven if that went both ways.
# python: >=3.11
def f(x):
    if x:  # pragma: no branch  # branch: 5 taken, 6 taken
        return 1
    return 2


f(0)
f(1)
