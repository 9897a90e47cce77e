# A loop at the end of a with.
# python: >=3.11
from contextlib import nullcontext


def f(n):
    with nullcontext():
        while n:  # branch: 9 taken, 10 taken
            n -= 1
    return n


f(2)
