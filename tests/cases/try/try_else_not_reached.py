# The else is passed over after an exception.
# python: >=3.11
def f(x):
    try:
        y = 1 // x
    except ZeroDivisionError:
        y = 0
    else:
        y += 1  # missed
    return y


f(0)
