# An exception is thrown into a generator that has not begun.
# python: >=3.11
def numbers():
    yield 1  # missed


try:
    numbers().throw(ValueError())
except ValueError:
    pass
