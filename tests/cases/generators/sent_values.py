# Values sent into a generator decide its way.
# python: >=3.11
def ask():
    while True:
        answer = yield
        if answer:  # branch: 7 taken, 9 taken
            seen = answer
        else:
            return


generator = ask()
next(generator)
generator.send(1)
try:
    generator.send(0)
except StopIteration:
    pass
