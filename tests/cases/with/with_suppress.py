# An exception is swallowed: the rest of the body did not run, what follows did.
# python: >=3.11
from contextlib import suppress


def f(x):
    with suppress(ValueError):
        y = int(x)
        z = y  # missed
    return 1


f("x")
