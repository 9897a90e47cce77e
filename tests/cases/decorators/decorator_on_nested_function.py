# A decorated function in a function, under a condition.
# python: >=3.11
def mark(f):
    return f


def outer(x):
    if x:  # branch: 9 taken, 13 missed
        @mark
        def inner():
            return 1
    else:
        @mark  # missed
        def inner():  # missed
            return 2  # missed
    return inner()


outer(1)
