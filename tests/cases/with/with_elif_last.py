# A chain at the end of a with.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    with nullcontext():
        if x == 1:  # branch: 9 taken, 10 taken
            y = 1
        elif x == 2:  # branch: 11 missed, 12 taken
            y = 2  # missed
    return x


f(1)
f(3)
