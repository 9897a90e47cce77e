# The expression of a handler raises: its clause ran, its body did not.
# python: >=3.11
def f(x):
    try:
        return int(x)
    except undefined:
        return None  # missed


try:
    f("x")
except NameError:
    pass
