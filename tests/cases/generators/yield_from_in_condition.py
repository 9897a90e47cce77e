# A condition that delegates.
# python: >=3.11
def inner(x):
    yield 1
    return x


def outer(x):
    if (yield from inner(x)):  # branch: 10 taken, 11 taken
        return 1
    return 2


list(outer(1))
list(outer(0))
