# Two generators of one function, one after the other.
# python: >=3.11
def f(x):
    if x:  # branch: 5 taken, 6 taken
        yield 1
    yield 2


list(f(0))
list(f(1))
