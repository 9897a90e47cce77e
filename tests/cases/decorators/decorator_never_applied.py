# Decorators in a function that is never called.
# python: >=3.11
def f():
    @staticmethod  # missed
    def g():  # missed
        return 1  # missed

    return g  # missed
