# A generator that may end before its first value.
# python: >=3.11
def f(x):
    if not x:  # branch: 5 taken, 6 taken
        return
    yield x


list(f(0))
list(f(1))
