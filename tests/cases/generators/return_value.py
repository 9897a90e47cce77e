# The value of a generator arrives with its end.
# python: >=3.11
def f(x):
    yield 1
    if x:  # branch: 6 taken, exit missed
        return 2


generator = f(1)
next(generator)
try:
    next(generator)
except StopIteration as stop:
    value = stop.value
