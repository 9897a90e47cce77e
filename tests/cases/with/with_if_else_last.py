# Both sides of an if at the end of a with.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    with nullcontext():
        if x:  # branch: 9 taken, 11 taken
            y = 1
        else:
            y = 2
    return y


f(0)
f(1)
