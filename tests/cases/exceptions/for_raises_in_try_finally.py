# A loop's iterator raises in a try with a finally.
# python: >=3.11
def numbers():
    yield 1
    raise ValueError


def f():
    try:
        for x in numbers():  # branch: 11 taken, 13 missed
            y = x
    finally:
        z = 1


try:
    f()
except ValueError:
    pass
