# A raise on the line of its if, caught in the same function.
# python: >=3.11
def f(x):
    try:
        if x: raise ValueError  # branch: 6 taken, 7 taken
        y = 1
    except ValueError:
        y = 2
    return y


f(0)
f(1)
