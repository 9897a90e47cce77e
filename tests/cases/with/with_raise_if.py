# A raise within an if, within a with.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    with nullcontext():
        if x:  # branch: 9 taken, 10 taken
            raise ValueError
    return 1


f(0)
try:
    f(1)
except ValueError:
    pass
