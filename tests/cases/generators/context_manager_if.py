# An if behind the yield of a manager.
# python: >=3.11
from contextlib import contextmanager


@contextmanager
def manager(x):
    yield
    if x:  # branch: 10 taken, exit taken
        y = 1


with manager(0):
    pass
with manager(1):
    pass
