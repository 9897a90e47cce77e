# Three dots in an else: the if has one way left.
# python: >=3.11
def f(x):
    if x:
        y = 1
    else:
        ...  # excluded
    return x


f(1)
