# Another exception is raised in a handler.
# python: >=3.11
def f(x):
    try:
        return int(x)
    except ValueError:
        raise KeyError(x)


try:
    f("x")
except KeyError:
    pass
