# A branch that leaves a with goes straight on behind it.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    with nullcontext():
        if x:  # branch: 9 taken, 10 taken
            y = 1
    return x


f(0)
f(1)
