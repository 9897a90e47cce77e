# REX-04: an exception leaves by the branch line; its way out of the function was not taken.
# python: >=3.11
def boom():
    raise ValueError


def f():
    if boom():  # branch: 9 missed, exit missed
        x = 1  # missed


try:
    f()
except ValueError:
    pass
