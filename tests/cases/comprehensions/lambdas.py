# A lambda that is never called is no statement of its own.
# python: >=3.11
f = lambda x: 1 if x else 2
g = lambda: (
    never
)
f(1)
