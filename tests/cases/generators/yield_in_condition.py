# A condition that waits for its answer.
# python: >=3.11
def ask():
    if (yield 1):  # branch: 5 taken, 6 missed
        return "yes"
    return "no"  # missed


generator = ask()
next(generator)
try:
    generator.send(True)
except StopIteration:
    pass
