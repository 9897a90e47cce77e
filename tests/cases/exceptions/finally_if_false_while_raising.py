# An if in a finally is false while an exception passes through: its way out was taken.
# (3.11 gives the re-raise the line before it, 9, which does not run.)
# python: >=3.11
def f(x):
    try:
        y = 1 // x
    finally:
        if x:  # branch: 9 missed, exit taken
            x = 0  # missed


try:
    f(0)
except ZeroDivisionError:
    pass
