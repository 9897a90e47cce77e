# A forgiven elif.
# python: >=3.11
def f(x):
    if x == 1:  # branch: 5 taken, 6 taken
        return 1
    elif x == 2:  # pragma: no branch  # branch: 7 taken
        return 2
    return 3  # missed


f(1)
f(2)
