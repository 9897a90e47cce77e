# An assert that fails ends its side of the if.
# python: >=3.11
def f(x):
    if x:  # branch: 5 taken, 7 missed
        assert x > 1, x
        return 1  # missed
    return 2  # missed


try:
    f(1)
except AssertionError:
    pass
