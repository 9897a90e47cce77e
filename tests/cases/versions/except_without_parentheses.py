# Several types without parentheses.
# python: >=3.14
def f(x):
    try:
        return int(x)
    except ValueError, TypeError:
        return 0


f("x")
f(1)
