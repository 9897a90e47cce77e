# A handler that lets some exceptions go on.
# python: >=3.11
def f(x):
    try:
        int("x")
    except ValueError:
        if x:  # branch: 8 taken, 9 taken
            raise
    return x


f(0)
try:
    f(1)
except ValueError:
    pass
