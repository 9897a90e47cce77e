# A forgiven if that was only true.
# python: >=3.11
def f(x):
    if x:  # pragma: no branch  # branch: 5 taken
        return 1
    return 2  # missed


f(1)
