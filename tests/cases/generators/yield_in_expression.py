# Several yields in one statement over several lines.
# python: >=3.11
def f():
    x = [
        (yield 1),
        (yield 2),
    ]
    return x


list(f())
