# A region begins at its definition, not at its decorators.
# python: >=3.11
def mark(f):  # region: mark 1/1
    return f


@mark
@mark
def f():  # region: f 0/1
    return 1  # missed
