# A bare return leaves a with.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    with nullcontext():
        if x:  # branch: 9 taken, 10 taken
            return
        y = 2


f(0)
f(1)
