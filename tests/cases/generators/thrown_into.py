# An exception is thrown into a generator, which handles it.
# python: >=3.11
def numbers():
    try:
        yield 1
    except ValueError:
        yield 2


generator = numbers()
next(generator)
generator.throw(ValueError())
