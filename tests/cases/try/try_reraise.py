# A bare raise leaves the function.
# python: >=3.11
def f(x):
    try:
        y = 1 // x
    except ZeroDivisionError:
        if x == 0:  # branch: 8 taken, 9 missed
            raise
        y = 2  # missed
    return y  # missed


try:
    f(0)
except ZeroDivisionError:
    pass
