# A generator that never comes to its yield.
# python: >=3.11
def f():
    return
    yield  # no code


list(f())
