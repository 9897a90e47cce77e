# Two ways leave one with and lead to different lines.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    while x:  # branch: 8 taken, 11 taken
        with nullcontext():
            if x > 5: break  # branch: 10 taken, 11 missed
        x -= 1
    return x


f(2)
