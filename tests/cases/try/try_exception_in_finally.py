# An exception of the finally takes the place of the first one.
# python: >=3.11
def f():
    try:
        int("x")
    finally:
        {}["x"]


try:
    f()
except KeyError:
    pass
