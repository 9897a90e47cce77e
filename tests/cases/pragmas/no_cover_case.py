# The pragma on a case takes out that case.
# python: >=3.11
def f(x):
    match x:
        case 1:
            return 1
        case 2:  # pragma: no cover  # excluded
            return 2  # excluded
        case _:
            return 3


f(1)
f(3)
