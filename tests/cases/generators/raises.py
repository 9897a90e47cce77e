# A generator that raises at its second turn.
# python: >=3.11
def f():
    yield 1
    raise ValueError


generator = f()
next(generator)
try:
    next(generator)
except ValueError:
    pass
