# An assert with a message over several lines.
# python: >=3.11
x = 1
assert x, (
    "no",
    x,
)
