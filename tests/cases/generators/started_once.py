# A generator that is left standing at its first yield.
# python: >=3.11
def numbers():
    yield 1
    yield 2  # missed


generator = numbers()
next(generator)
