# A generator stands still within a with.
# python: >=3.11
from contextlib import nullcontext


def numbers():
    with nullcontext():
        yield 1
        yield 2


list(numbers())
