# A raise on the line of its if: to the handler, or out of the function.
# python: >=3.11
def f(x):
    if x == 1: raise ValueError  # branch: 5 taken, exit taken
    try:
        if x == 2: raise KeyError  # branch: 7 taken, 9 taken
    except KeyError:
        x = 3
    if x == 5: raise TypeError  # branch: 10 taken, exit missed
    return x


for x in (0, 1, 2):  # branch: 14 taken, exit taken
    try:
        f(x)
    except ValueError:
        pass
