# The last of two alternatives on the line of an if raises: the line was not left for what follows.
# python: >=3.11
def f(x):
    if x: x.pop(); not x or [][x[0]]  # branch: 6 taken, 8 missed
    else:
        x = 1
        x = 2
    return x


f([])
try:
    f([1, 1])
except IndexError:
    pass
