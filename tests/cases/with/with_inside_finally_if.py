# An if in a with in a finally, while an exception passes through.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    try:
        int("x")
    finally:
        with nullcontext():
            if x:  # branch: 12 missed, exit taken
                y = 1  # missed


try:
    f(0)
except ValueError:
    pass
