# A return in the else passes the finally.
# python: >=3.11
def f(x):
    try:
        y = int(x)
    except ValueError:
        return 0
    else:
        return y
    finally:
        z = 1


f("1")
f("x")
