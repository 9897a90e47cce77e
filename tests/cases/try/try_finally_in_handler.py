# A handler with a finally of its own.
# python: >=3.11
def f(x):
    try:
        return int(x)
    except ValueError:
        try:
            return 0
        finally:
            y = 1


f("x")
