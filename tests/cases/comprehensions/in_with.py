# A comprehension at the end of a with.
# python: >=3.11
from contextlib import nullcontext


def f(xs):
    with nullcontext():
        ys = [x for x in xs if x]
    return ys


f([0, 1])
