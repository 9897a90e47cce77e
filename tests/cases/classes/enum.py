# An enumeration with a method.
# python: >=3.11
from enum import Enum


class Color(Enum):
    RED = 1
    BLUE = 2

    def is_red(self):
        return self is Color.RED


Color.RED.is_red()
