# A condition within a default value is no branch.
# python: >=3.11
def f(x, y=1 if print else 2, z=lambda a: a or 1):
    return x or y or z


f(0)
