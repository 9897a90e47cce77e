# Methods that are called and not called.
# python: >=3.11
class C:
    def __init__(self, x):
        self.x = x

    def get(self):
        return self.x

    def never(self):
        return None  # missed


C(1).get()
