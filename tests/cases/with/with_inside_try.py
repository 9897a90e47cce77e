# An exception passes a with on its way to a handler.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    try:
        with nullcontext():
            if x:  # branch: 10 taken, 11 taken
                raise ValueError
            y = 1
    except ValueError:
        y = 2
    return y


f(0)
f(1)
