# A named tuple with a method that is never called.
# python: >=3.11
from typing import NamedTuple


class Pair(NamedTuple):
    a: int = 1
    b: int = 2

    def sum(self):
        return self.a + self.b  # missed


Pair()
