# A return within an if, within a with.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    with nullcontext():
        if x:  # branch: 9 taken, 10 taken
            return 1
        y = 2
    return y


f(0)
f(1)
