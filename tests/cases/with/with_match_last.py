# A match at the end of a with.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    with nullcontext():
        match x:
            case 1:  # branch: 10 taken, 11 taken
                y = 1
            case 2:  # branch: 12 missed, 13 taken
                y = 2  # missed
    return x


f(1)
f(3)
