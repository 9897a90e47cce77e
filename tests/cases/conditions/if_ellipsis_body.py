# A body of three dots is excluded by default, so the if has one way left.
# python: >=3.11
def f(x):
    if x:
        ...  # excluded
    return x


f(0)
