# A generator that is left standing in a with and in a loop.
# python: >=3.11
from contextlib import nullcontext


def f(xs):
    with nullcontext():
        for x in xs:  # branch: 9 taken, exit taken
            if x:  # branch: 8 taken, 10 taken
                yield x


list(f([0, 1]))
