# The else runs when nothing was raised.
# python: >=3.11
def f(x):
    try:
        y = 1 // x
    except ZeroDivisionError:  # missed
        y = 0  # missed
    else:
        y += 1
    return y


f(1)
