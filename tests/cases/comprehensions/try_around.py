# A comprehension in a try.
# python: >=3.11
try:
    xs = [int(x) for x in ("1", "x")]
except ValueError:
    xs = []
