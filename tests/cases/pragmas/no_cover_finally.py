# The pragma on a finally.
# python: >=3.11
try:
    x = 1
finally:  # pragma: no cover
    x = 2  # excluded
