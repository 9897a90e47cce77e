# A lambda over several lines is part of its statement.
# python: >=3.11
f = lambda x: (
    x
    if x
    else 0
)
f(1)
g = (
    lambda: f(
        2
    )
)
