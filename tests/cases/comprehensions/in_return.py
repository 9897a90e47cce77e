# A comprehension that is returned.
# python: >=3.11
def f(xs):
    return [
        x
        for x in xs
    ]


f([])
