# The inner generator handles what is thrown into the outer one.
# python: >=3.11
def inner():
    try:
        yield 1
    except ValueError:
        yield 2


def outer():
    yield from inner()
    y = 3


generator = outer()
next(generator)
generator.throw(ValueError())
next(generator, None)
