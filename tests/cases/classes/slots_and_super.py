# Methods that call those of the base.
# python: >=3.11
class A:
    __slots__ = ("x",)

    def __init__(self):
        self.x = 1


class B(A):
    __slots__ = ()

    def __init__(self):
        super().__init__()
        if not self.x:  # branch: 16 missed, exit taken
            self.x = 2  # missed


B()
