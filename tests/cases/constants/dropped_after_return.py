# Branches behind a return are dropped.
# python: >=3.11
def f(x):
    return x
    if x:  # no code
        return 1  # no code
    for y in x:  # no code
        pass  # no code


f(1)
