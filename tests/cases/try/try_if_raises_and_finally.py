# An exception leaves by a condition, through a finally: the condition went neither way.
# python: >=3.11
def boom():
    raise ValueError


def f():
    try:
        if boom():  # branch: 10 missed, 12 missed
            x = 1  # missed
    finally:
        y = 2


try:
    f()
except ValueError:
    pass
