# An if in the else.
# python: >=3.11
def f(x):
    try:
        y = int(x)
    except ValueError:
        return None
    else:
        if y > 1:  # branch: 10 taken, 11 taken
            return y
    return 0


f("1")
f("2")
f("x")
