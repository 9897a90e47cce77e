# A generator that delegates.
# python: >=3.11
def inner():
    yield 1
    return 2


def outer():
    x = yield from inner()
    if x == 2:  # branch: 11 taken, exit missed
        yield x


list(outer())
