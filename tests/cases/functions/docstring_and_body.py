# A docstring before the body.
# python: >=3.11
def f():
    "Return one."
    return 1


def g():
    """Return
    two.
    """
    return 2  # missed


f()
