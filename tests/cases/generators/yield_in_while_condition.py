# A loop that goes on as long as it is told to.
# python: >=3.11
def ask():
    n = 0
    while (yield n):  # branch: 6 taken, exit taken
        n += 1


generator = ask()
next(generator)
generator.send(1)
try:
    generator.send(0)
except StopIteration:
    pass
