# A decorated function at the end of the module.
# python: >=3.11
def mark(f):
    return f


@mark
def f():
    return 1  # missed
