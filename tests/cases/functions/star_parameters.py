# Every kind of parameter.
# python: >=3.11
def f(a, /, b, *args, c=1, **kwargs):
    return a, b, args, c, kwargs


f(1, 2, 3, c=4, d=5)
