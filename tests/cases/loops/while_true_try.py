# The end of an endless loop comes as an exception that is caught outside.
# python: >=3.11
items = iter([1, 2])
try:
    while True:
        x = next(items)
except StopIteration:
    done = 1
