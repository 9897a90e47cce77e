# The pragma on a match takes out all its cases.
# python: >=3.11
def f(x):
    match x:  # pragma: no cover  # excluded
        case 1:  # excluded
            return 1  # excluded
    return 2  # missed


f(1)
