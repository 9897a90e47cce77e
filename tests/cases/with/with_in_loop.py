# break and continue out of a with.
# python: >=3.11
from contextlib import nullcontext


def f(n):
    for i in range(n):  # branch: 8 taken, 15 taken
        with nullcontext():
            if i == 1:  # branch: 10 taken, 11 taken
                continue
            if i == 3:  # branch: 12 taken, 13 taken
                break
            if i == 9:  # branch: 7 taken, 14 missed
                return i  # missed
    return n


f(2)
f(5)
