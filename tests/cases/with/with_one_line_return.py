# A return on the line of its with.
# python: >=3.11
from contextlib import nullcontext


def f():
    with nullcontext(1) as x: return x


f()
