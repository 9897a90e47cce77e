# A lambda is no function on one line.
# python: >=3.11
f = lambda x: x and 1
g = lambda: (yield)
f(1)
