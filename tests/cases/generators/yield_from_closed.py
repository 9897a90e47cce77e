# The inner generator is closed with the outer one.
# python: >=3.11
def inner():
    try:
        yield 1
    finally:
        x = 2


def outer():
    yield from inner()
    y = 3  # missed


generator = outer()
next(generator)
generator.close()
