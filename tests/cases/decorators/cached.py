# A function behind a cache runs once.
# python: >=3.11
from functools import cache


@cache
def f(x):
    if x:  # branch: 9 taken, 10 missed
        return 1
    return 0  # missed


f(1)
f(1)
