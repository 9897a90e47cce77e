# Something before the raise of a one-line function raises: it was not left by its raise.
# python: >=3.12
def f(): assert not 1; raise KeyError  # branch: 4 taken, exit missed
try:
    f()
except AssertionError:
    pass
