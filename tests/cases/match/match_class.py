# Patterns of classes, by position and by keyword.
# python: >=3.11
class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


def f(p):
    match p:
        case Point(0, 0):  # branch: 14 missed, 15 taken
            return "origin"  # missed
        case Point(x=0):  # branch: 16 taken, 17 taken
            return "on y"
        case Point(x, y) if x == y:  # branch: 18 taken, 19 taken
            return "diagonal"
        case Point():  # branch: 20 taken, 21 missed
            return "elsewhere"
        case int():  # missed; branch: 22 missed, exit missed
            return "no point"  # missed


f(Point(0, 1))
f(Point(2, 2))
f(Point(1, 2))
