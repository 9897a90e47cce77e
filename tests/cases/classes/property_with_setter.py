# A property that can be set.
# python: >=3.11
class C:
    @property
    def x(self):
        return self._x  # missed

    @x.setter
    def x(self, value):
        if value < 0:  # branch: 11 missed, 12 taken
            raise ValueError(value)  # missed
        self._x = value


C().x = 1
