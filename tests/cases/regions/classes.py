# A class has the lines of its methods.
# python: >=3.11
class C:  # region: C 2/3
    x = 1

    def f(self):  # region: C.f 1/1
        return 1

    def g(self):  # region: C.g 1/2
        if self.x:  # branch: 11 missed, exit taken
            return 1  # missed


C().f()
C.g(type("", (), {"x": 0})())
