# A try with a finally at the end of a with.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    with nullcontext():
        try:
            if x:  # branch: 10 taken, 12 taken
                return 1
        finally:
            y = 2
    return 3


f(0)
f(1)
