# A generator is closed while it stands still within a with.
# python: >=3.11
from contextlib import nullcontext


def numbers():
    with nullcontext():
        yield 1
        yield 2  # missed


generator = numbers()
next(generator)
generator.close()
