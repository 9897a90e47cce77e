# Functions in functions.
# python: >=3.11
def outer(x):
    def inner(y):
        if y:  # branch: 6 taken, 7 missed
            return 1
        return 2  # missed

    if x:  # branch: 10 taken, 11 missed
        return inner(x)
    return inner  # missed


outer(1)
