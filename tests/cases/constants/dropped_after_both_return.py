# What follows an if whose sides both return is dropped.
# python: >=3.11
def f(x):
    if x:  # branch: 5 missed, 7 taken
        return 1  # missed
    else:
        return 2
    y = 3  # no code


f(0)
