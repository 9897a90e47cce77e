# Functions in functions take their lines over.
# python: >=3.11
def outer():  # region: outer 2/2
    def inner():  # region: outer.inner 0/1
        return 1  # missed

    return inner


outer()
