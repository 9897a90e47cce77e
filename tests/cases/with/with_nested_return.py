# A return leaves two withs.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    with nullcontext():
        with nullcontext():
            if x:  # branch: 10 taken, 11 taken
                return 1
        y = 2
    return y


f(0)
f(1)
