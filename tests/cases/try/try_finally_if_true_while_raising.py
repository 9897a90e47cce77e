# An if in a finally is true while an exception passes through.
# python: >=3.11
def f(x):
    try:
        y = int("x")
    finally:
        if x:  # branch: 8 taken, 9 missed
            y = 1
        z = 2


try:
    f(1)
except ValueError:
    pass
