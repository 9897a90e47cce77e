# An exception leaves by a condition and is caught in the same function.
# python: >=3.11
def boom():
    raise ValueError


def f():
    try:
        if boom():  # branch: 10 missed, 13 missed
            x = 1  # missed
    except ValueError:
        x = 2
    return x


f()
