# An exception of the iterator leaves by the loop's head: neither way was taken the last time.
# python: >=3.11
def numbers():
    yield 1
    raise ValueError


def f():
    total = 0
    for x in numbers():  # branch: 11 taken, 12 missed
        total += x
    return total  # missed


try:
    f()
except ValueError:
    pass
