# A lazy import of what is not there fails where it is used.
# python: >=3.15
lazy import nothing_of_that_name
try:
    nothing_of_that_name.x
except ImportError:
    x = 1
