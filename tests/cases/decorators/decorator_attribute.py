# Decorators found in other objects.
# python: >=3.11
class Registry:
    known = []

    def add(self, f):
        self.known.append(f)
        return f


registry = Registry()


@registry.add
def f():
    return 1  # missed


@[registry.add][0]
def g():
    return 2  # missed
