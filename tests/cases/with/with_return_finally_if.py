# An if in a finally that a return passes through, inside a with, and nothing to do at its end.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    with nullcontext():
        try:
            return x
        finally:
            if x:  # branch: 12 taken, 13 missed
                x = 2
            ()


f(1)
