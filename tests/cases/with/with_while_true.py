# An endless loop in a with.
# python: >=3.11
from contextlib import nullcontext


def f():
    n = 0
    with nullcontext():
        while True:
            n += 1
            if n > 1:  # branch: 9 taken, 12 taken
                return n


f()
