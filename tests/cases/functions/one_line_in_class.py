# Methods on one line.
# python: >=3.11
class C:
    def one(self): return 1  # branch: 5 taken, exit taken
    def two(self): return 2  # branch: exit missed


C().one()
