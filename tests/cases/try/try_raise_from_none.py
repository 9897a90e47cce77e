# An exception raised without a past.
# python: >=3.11
def f(x):
    try:
        return int(x)
    except ValueError:
        raise KeyError(x) from None


try:
    f("x")
except KeyError:
    pass
