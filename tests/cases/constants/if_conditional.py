# A conditional expression of constants.
# python: >=3.11
def f(x):
    if 1 if x else 2:
        return 1
    return 2  # no code


f(0)
