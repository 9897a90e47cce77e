# The target of an assignment over several lines.
# python: >=3.11
x = {}
x[
    "a",
    1,
] = (
    2
)
