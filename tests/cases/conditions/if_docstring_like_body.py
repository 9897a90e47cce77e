# A body that is a bare string is a statement.
# python: >=3.11
def f(x):
    if x:  # branch: 5 taken, 6 missed
        "nothing to do"
    return x


f(1)
