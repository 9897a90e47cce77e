# Leaving a with from the body of an if does not take the if's other way.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    with nullcontext():
        if x:  # branch: 9 taken, 10 missed
            y = 1
    return x


f(1)
