# An exception raised from the one that was caught.
# python: >=3.11
def f(x):
    try:
        return int(x)
    except ValueError as error:
        raise KeyError(x) from error


try:
    f("x")
except KeyError:
    pass
