# A call that fails before it begins.
# python: >=3.11
def f(x):
    return x  # missed


try:
    f()
except TypeError:
    pass
