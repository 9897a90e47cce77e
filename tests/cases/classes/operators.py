# Methods that operators call.
# python: >=3.11
class Number:
    def __init__(self, x):
        self.x = x

    def __add__(self, other):
        if isinstance(other, Number):  # branch: 9 taken, 10 missed
            return Number(self.x + other.x)
        return NotImplemented  # missed

    def __eq__(self, other):
        return self.x == other.x


Number(1) + Number(2) == Number(3)
