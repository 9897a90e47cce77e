# The same if, which is never true.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    with (
        nullcontext(1),
        nullcontext(2),
    ):
        if x:  # branch: 12 missed, 13 taken
            y = 1  # missed
    return x


f(0)
