# Delegating to another generator.
# python: >=3.11
def inner(n):
    if n:  # branch: 5 taken, 6 taken
        yield 1
    return n


def outer(n):
    if (yield from inner(n)):  # branch: 11 taken, exit taken
        yield 2


list(outer(1))
list(outer(0))
