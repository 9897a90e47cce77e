# Handlers are reached by exceptions, not by arcs.
# python: >=3.11
def f(x):
    try:
        y = 1 // x
    except ZeroDivisionError:
        y = 0
    except TypeError:  # missed
        y = -1  # missed
    return y


f(0)
f(1)
