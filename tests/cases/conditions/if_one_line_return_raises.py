# What is to be returned on the line of the if raises: the function was not left by the return.
# python: >=3.12
def g(x):
    return 1 / x


def f(x, y):
    for _ in range(1):  # branch: 9 taken, 10 missed
        if x: return g(y) if y else g(0)  # branch: 8 missed, exit missed
    return None  # missed


try:
    f(1, 0)
except ZeroDivisionError:
    pass
