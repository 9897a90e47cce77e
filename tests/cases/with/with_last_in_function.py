# Out of the with is out of the function.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    with nullcontext():
        if x:  # branch: 9 missed, exit taken
            y = 1  # missed


f(0)
