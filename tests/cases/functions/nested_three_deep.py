# Functions in functions in functions.
# python: >=3.11
def a():
    def b():
        def c():
            return 1  # missed
        return c
    return b


a()()
