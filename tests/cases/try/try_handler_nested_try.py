# A try within a handler.
# python: >=3.11
def f(x, y):
    try:
        return int(x)
    except ValueError:
        try:
            return int(y)
        except ValueError:
            return 0


f("x", "1")
f("x", "y")
