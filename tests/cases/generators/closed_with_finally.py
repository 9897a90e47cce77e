# A generator that is closed runs its finally.
# python: >=3.11
def numbers():
    try:
        yield 1
        x = 2  # missed
    finally:
        y = 3


generator = numbers()
next(generator)
generator.close()
