# What is sent decides.
# python: >=3.11
def g():
    while True:
        if (yield 1):  # branch: 4 missed, 6 taken
            return


it = g()
next(it)
try:
    it.send(1)
except StopIteration:
    pass
