# A condition that ends in `or True` is always true, though its first part is asked.
# python: >=3.11
def f(x):
    if x or True:
        y = 1
    else:
        y = 2  # no code
    return y


f(0)
