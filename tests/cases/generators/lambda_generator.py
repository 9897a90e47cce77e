# A lambda that is a generator.
# python: >=3.11
f = lambda: [(yield 1), (yield 2)]
list(f())
