# The pragma on a method.
# python: >=3.11
class C:
    def one(self):
        return 1

    def two(self):  # pragma: no cover  # excluded
        if self:  # excluded
            return 2  # excluded


C().one()
