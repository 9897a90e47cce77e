# A try inside a with inside a try.
# python: >=3.11
from contextlib import nullcontext


def f(x):
    try:
        with nullcontext():
            try:
                if x:  # branch: 11 taken, 15 taken
                    raise KeyError
            except KeyError:
                y = 1
            finally:
                z = 2
    except ValueError:  # missed
        y = 3  # missed
    return x


f(0)
f(1)
