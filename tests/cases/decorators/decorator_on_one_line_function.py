# A decorated function on one line.
# python: >=3.11
def mark(f):
    return f


@mark
def f(): return 1  # branch: 11 taken, exit taken


@mark
def g(): return 2  # branch: 15 taken, exit missed


f()
