# Lambdas in a table over several lines.
# python: >=3.11
table = {
    "a": lambda x: (
        x + 1
    ),
    "b": lambda x: x
    - 1,
}
table["a"](1)
