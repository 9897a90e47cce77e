# An exception in the second part of a condition, after the first one was true.
# python: >=3.11
def boom():
    raise ValueError


def f(x):
    if x and boom():  # branch: 9 missed, 10 missed
        return 1  # missed
    return 2  # missed


try:
    f(1)
except ValueError:
    pass
