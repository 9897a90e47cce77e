# A class body runs once; its last line leaves the class.
# python: >=3.11
class C:
    """A class."""

    x = 1
    if x:  # branch: 8 taken, 10 missed
        y = 2
    else:
        y = 3  # missed

    def method(self):
        if self.x:  # branch: 14 taken, 15 missed
            return 1
        return 2  # missed

    class Inner:
        if 0 > 1:  # branch: 19 missed, exit taken
            z = 1  # missed


C().method()
