# Delegating twice, on one line each.
# python: >=3.11
def f(xs):
    yield from xs
    yield from xs


list(f([1]))
