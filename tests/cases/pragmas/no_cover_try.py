# The pragma on a try takes out its body only.
# python: >=3.11
try:  # pragma: no cover  # excluded
    x = int("x")  # excluded
except ValueError:
    x = 0
finally:
    y = 1
