# The last statement of a function is a definition.
# python: >=3.11
def f():
    x = 1

    def g():
        return x  # missed


f()
