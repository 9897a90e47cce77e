# Patterns of dotted names.
# python: >=3.11
class Color:
    RED = 1
    BLUE = 2


def f(x):
    match x:
        case Color.RED:  # branch: 11 missed, 12 taken
            return "red"  # missed
        case Color.BLUE:  # branch: 13 taken, exit missed
            return "blue"


f(2)
