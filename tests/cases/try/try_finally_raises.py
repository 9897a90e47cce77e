# A finally runs, and the exception goes on.
# python: >=3.11
def f():
    try:
        int("x")
    finally:
        y = 1
    return y  # missed


try:
    f()
except ValueError:
    pass
