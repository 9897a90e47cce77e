# A loop in a generator that is closed never ends.
# python: >=3.11
def numbers():
    for i in range(5):  # branch: 5 taken, 6 missed
        yield i
    done = 1  # missed


generator = numbers()
next(generator)
next(generator)
generator.close()
