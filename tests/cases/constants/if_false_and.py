# Nothing behind `False and` is asked, and the body is dropped.
# python: >=3.11
def f(x):
    if False and x:
        y = 1  # no code
    return x


f(0)
