# A return from a case through a with.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    with nullcontext():
        match x:
            case 1:  # branch: 10 taken, 11 taken
                return 1
            case _:
                y = 2
    return y


f(1)
f(2)
