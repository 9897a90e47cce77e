# The conditions of a chain stand on several lines.
# python: >=3.11
def f(x, y):
    if (  # branch: 8 missed, 9 taken
        x
        and y
    ):
        return 1  # missed
    elif (  # branch: 13 taken, 15 taken
        x
        or y
    ):
        return 2
    else:
        return 3


f(1, 0)
f(0, 0)
