# A class on one line whose body raises inside a with that swallows it: it went neither way.
# python: >=3.11
from contextlib import suppress


def f():
    raise ValueError


with suppress(ValueError):
    class A: f()  # branch: 12 missed, exit missed
x = 1
