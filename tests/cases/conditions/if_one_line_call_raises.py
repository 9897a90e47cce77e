# A call on the line of its if raises: the line was left neither for the else nor for what follows.
# python: >=3.12
def f(x):
    if x: [][x]  # branch: 6 missed, 8 missed
    else:
        x = 1  # missed
        x = 2  # missed
    return x  # missed


try:
    f(1)
except IndexError:
    pass
