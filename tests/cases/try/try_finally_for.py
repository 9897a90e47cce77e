# A loop in a finally.
# python: >=3.11
def f(xs):
    try:
        return 1
    finally:
        for x in xs:
            y = x


f([1, 2])
