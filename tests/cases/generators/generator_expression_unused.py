# A generator expression that nobody asks.
# python: >=3.11
numbers = (
    x
    for x in range(4)
)
