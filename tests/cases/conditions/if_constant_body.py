# A body that is a bare constant is a statement.
# python: >=3.11
def f(x):
    if x:  # branch: 5 missed, 6 taken
        None  # missed
    return x


f(0)
