# A try on one side of an if.
# python: >=3.11
def f(x):
    if x:  # branch: 5 taken, 9 missed
        try:
            return 1 // (x - 1)
        except ZeroDivisionError:
            x = 0
    return x


f(1)
