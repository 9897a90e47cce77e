# The same loop comes to its end.
# python: >=3.11
from contextlib import nullcontext


def f(xs):
    with nullcontext():
        for x in xs:  # branch: 9 taken, 11 taken
            if x:  # branch: 8 taken, 10 missed
                return x  # missed
    return None


f([0])
