# What follows a try all of whose ends return is dropped.
# python: >=3.11
def f(x):
    try:
        return int(x)
    except ValueError:
        return 0
    y = 1  # no code


f("x")
