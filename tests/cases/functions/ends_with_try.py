# The function ends behind a try.
# python: >=3.11
def f(x):
    try:
        y = int(x)
    except ValueError:
        y = 0


f("x")
f("1")
