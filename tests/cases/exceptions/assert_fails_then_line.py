# What follows an assert that fails did not run.
# python: >=3.11
def f(x):
    assert x, "no"
    y = 1  # missed
    return y  # missed


try:
    f(0)
except AssertionError:
    pass
