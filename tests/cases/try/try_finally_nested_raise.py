# An exception passes two finallys.
# python: >=3.11
def f():
    try:
        try:
            int("x")
        finally:
            x = 1
    finally:
        y = 2


try:
    f()
except ValueError:
    pass
