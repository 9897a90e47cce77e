# A return from a loop in a with.
# python: >=3.11
from contextlib import nullcontext


def f(xs):
    with nullcontext():
        for x in xs:  # branch: 9 taken, 11 missed
            if x:  # branch: 8 taken, 10 taken
                return x
    return None  # missed


f([0, 1])
