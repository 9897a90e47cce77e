# A finally reached by an orderly end, a return and an exception.
# python: >=3.11
def f(x):
    try:
        if x == 1:  # branch: 6 taken, 7 taken
            return "returned"
        if x == 2:  # branch: 8 taken, 9 taken
            raise ValueError
        y = "orderly"
    finally:
        z = x
    return y


f(0)
f(1)
try:
    f(2)
except ValueError:
    pass
