# Several withs left at once.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    with nullcontext() as a:
        with nullcontext(), nullcontext():
            with nullcontext():
                if x:  # branch: 11 missed, 12 taken
                    y = 1  # missed
    return x


f(0)
