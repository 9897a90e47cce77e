# A class on one line that is the last thing in a with, itself the last in a function.
# python: >=3.11
from contextlib import nullcontext


def f():
    with nullcontext():
        class A: pass  # branch: exit taken


f()
