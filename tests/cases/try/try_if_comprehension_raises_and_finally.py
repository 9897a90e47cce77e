# What a comprehension in an if calls raises, inside a try with a finally: it went neither way.
# python: >=3.11
def fails(x):
    raise ValueError


def f(x):
    try:
        if [fails(i) for i in x]:  # branch: 10 missed, 12 missed
            x = 1  # missed
    finally:
        x = 2
    return x  # missed


try:
    f([1])
except ValueError:
    pass
