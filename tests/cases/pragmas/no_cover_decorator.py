# The pragma on any decorator takes out the function.
# python: >=3.11
def mark(f):
    return f


@mark  # excluded
@mark  # pragma: no cover  # excluded
def f():  # excluded
    return 1  # excluded


f()
