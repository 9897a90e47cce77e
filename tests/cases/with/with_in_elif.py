# A with in the middle of a chain.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    if x == 1:  # branch: 8 missed, 9 taken
        y = 1  # missed
    elif x == 2:  # branch: 10 taken, 13 missed
        with nullcontext():
            y = 2
    else:
        y = 3  # missed
    return y


f(2)
