# Methods that nobody wrote.
# python: >=3.11
from dataclasses import dataclass, field


@dataclass
class Point:
    x: int = 0
    y: list = field(default_factory=list)

    def far(self):
        if self.x > 9:  # branch: 13 missed, 14 taken
            return True  # missed
        return False


Point(1).far()
