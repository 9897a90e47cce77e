# A string that is not first is a statement, whether or not code is left of it.
# python: >=3.11
def f():
    x = 1
    "not a docstring"
    return x


f()
