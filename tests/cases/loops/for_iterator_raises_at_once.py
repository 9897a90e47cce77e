# An exception before the first value: the loop was neither entered nor left.
# python: >=3.11
def numbers():
    raise ValueError
    yield 1  # no code


def f():
    for x in numbers():  # branch: 10 missed, 11 missed
        y = x  # missed
    return 1  # missed


try:
    f()
except ValueError:
    pass
