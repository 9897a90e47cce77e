# A handler that always lets the exception go on.
# python: >=3.11
def f():
    try:
        int("x")
    except ValueError:
        y = 1
        raise


try:
    f()
except ValueError:
    pass
