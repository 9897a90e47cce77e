# An exception is thrown into a generator and leaves it.
# python: >=3.11
def numbers():
    try:
        yield 1
    except KeyError:
        yield 2  # missed
    x = 3  # missed


generator = numbers()
next(generator)
try:
    generator.throw(ValueError())
except ValueError:
    pass
