# All four parts of a try.
# python: >=3.11
def f(x):
    try:
        y = 1 // x
    except ZeroDivisionError:
        y = 0
    else:
        y += 1
    finally:
        z = 1
    return y + z


f(0)
f(1)
