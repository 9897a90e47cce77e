# An assert that fails at the end of a function.
# python: >=3.11
def f(x):
    assert x


try:
    f(0)
except AssertionError:
    pass
