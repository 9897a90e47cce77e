# An if at the end of two withs.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    with nullcontext():
        with nullcontext():
            if x:  # branch: 10 taken, 11 taken
                y = 1
    return x


f(0)
f(1)
