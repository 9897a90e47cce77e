# Leaving a with by an exception takes no way out of the branch.
# python: >=3.11
from contextlib import nullcontext


def boom():
    raise ValueError


def f():
    with nullcontext():
        if boom():  # branch: 13 missed, exit missed
            x = 1  # missed


try:
    f()
except ValueError:
    pass
