# An exception leaves three functions, from a condition each.
# python: >=3.11
def a():
    raise ValueError


def b():
    if a():  # branch: 9 missed, 10 missed
        return 1  # missed
    return 2  # missed


def c():
    if b():  # branch: 15 missed, 16 missed
        return 1  # missed
    return 2  # missed


try:
    c()
except ValueError:
    pass
