# Lambdas in a comprehension.
# python: >=3.11
functions = [
    lambda y, x=x: (
        x + y
    )
    for x in range(2)
]
functions[0](1)
