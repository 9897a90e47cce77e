# An exception of the else is not the handler's.
# python: >=3.11
def f(x):
    try:
        y = x
    except ValueError:  # missed
        y = 0  # missed
    else:
        int("x")
    return y  # missed


try:
    f(1)
except ValueError:
    pass
