# An exception is caught inside an endless loop, which its handler leaves.
# python: >=3.11
items = iter([1, 2])
while True:
    try:
        x = next(items)
    except StopIteration:
        break
    y = x
