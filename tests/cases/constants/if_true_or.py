# Nothing behind `True or` is asked.
# python: >=3.11
def f(x):
    if True or x:
        y = 1
    return y


f(0)
