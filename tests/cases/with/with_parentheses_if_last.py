# An if at the end of a with whose managers stand on lines of their own.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    with (
        nullcontext(1),
        nullcontext(2),
    ):
        if x:  # branch: 12 taken, 13 taken
            y = 1
    return x


f(0)
f(1)
