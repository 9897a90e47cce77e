# An orderly end, a caught exception and an uncaught one, each through the finally.
# python: >=3.11
def f(x):
    try:
        y = 1 // x
    except ZeroDivisionError:
        y = 0
    finally:
        z = 1
    return y


f(1)
f(0)
try:
    f("x")
except TypeError:
    pass
