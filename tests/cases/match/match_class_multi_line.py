# A pattern of a class over several lines.
# python: >=3.11
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


def f(p):
    match p:
        case Point(  # branch: 15 taken, 16 taken
            x=0,
            y=y,
        ):
            return y
        case Point(  # branch: 20 missed, exit taken
            x=x,
            y=0,
        ):
            return x  # missed


f(Point(0, 1))
f(Point(1, 1))
