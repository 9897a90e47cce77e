# A manager made of a generator, which sees the exception.
# python: >=3.11
from contextlib import contextmanager


@contextmanager
def caught():
    try:
        yield 1
    except ValueError:
        x = 1
    else:
        x = 2


with caught() as y:
    int("x")
with caught() as y:
    z = y
