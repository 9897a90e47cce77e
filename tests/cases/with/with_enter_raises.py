# The manager cannot be entered: the body did not run.
# python: >=3.11
class Closed:
    def __enter__(self):
        raise OSError

    def __exit__(self, *exc):
        return True  # missed


def f():
    with Closed():
        return 1  # missed
    return 2  # missed


try:
    f()
except OSError:
    pass
