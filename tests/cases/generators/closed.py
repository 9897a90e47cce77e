# A generator that is closed: what follows its yield does not run.
# python: >=3.11
def numbers():
    yield 1
    x = 2  # missed


generator = numbers()
next(generator)
generator.close()
