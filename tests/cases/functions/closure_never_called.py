# An inner function that is never called.
# python: >=3.11
def outer():
    x = 1

    def inner():
        return x  # missed

    return inner


outer()
