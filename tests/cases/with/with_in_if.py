# A with on one side of an if.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    if x:  # branch: 8 taken, 11 missed
        with nullcontext():
            y = 1
    else:
        y = 2  # missed
    return y


f(1)
