# A pragma above a statement does nothing for it.
# python: >=3.11
def f(x):
    # pragma: no cover
    if x:  # branch: 6 missed, 7 taken
        return 1  # missed
    return 2


f(0)
