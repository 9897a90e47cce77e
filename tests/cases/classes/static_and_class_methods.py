# Methods with decorators.
# python: >=3.11
class C:
    @staticmethod
    def one():
        return 1

    @classmethod
    def two(cls):
        return cls  # missed

    @property
    def three(self):
        return 3


C.one()
C().three
