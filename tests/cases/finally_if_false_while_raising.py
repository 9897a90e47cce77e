# An if in a finally is false while an exception passes through: its way out was taken.
# (3.11 says that line 9 runs: it gives the re-raise the line before it.)
# python: >=3.12
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
