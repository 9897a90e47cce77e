# The pragma on one line of a statement takes out all of it.
# python: >=3.11
f = lambda x: (  # excluded
    x  # pragma: no cover
    or 1
)
y = 1
