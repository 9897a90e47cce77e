# Two functions of one name, the first of which is never called.
# python: >=3.11
def f():
    return 1  # missed


def f():
    return 2


f()
