# A forgiven case.
# python: >=3.11
def f(x):
    match x:
        case 1:  # branch: 6 taken, 7 taken
            return 1
        case 2:  # pragma: no branch  # branch: 8 taken
            return 2


f(1)
f(2)
