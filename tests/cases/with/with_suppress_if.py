# An exception is swallowed, and the condition it left by went neither way.
# python: >=3.11
from contextlib import suppress


def f(x):
    with suppress(ValueError):
        if int(x):  # branch: 9 missed, 10 missed
            y = 1  # missed
    return 1


f("x")
