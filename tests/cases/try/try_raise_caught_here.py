# A raise statement whose handler is in the same function.
# python: >=3.11
def f(x):
    try:
        if x:  # branch: 6 taken, 7 taken
            raise ValueError
        y = 1
    except ValueError:
        y = 2
    return y


f(0)
f(1)
