# A handler at the end of a with.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    with nullcontext():
        try:
            y = int(x)
        except ValueError:
            y = 0
    return y


f("x")
