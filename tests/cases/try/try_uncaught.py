# No handler matches: the exception goes on.
# python: >=3.11
def f(x):
    try:
        return [][x]
    except KeyError:
        return 0  # missed


try:
    f(0)
except IndexError:
    pass
