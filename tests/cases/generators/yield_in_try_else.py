# A yield in each part of a try.
# python: >=3.11
def f(x):
    try:
        yield int(x)
    except ValueError:
        yield 0
    else:
        yield 1
    finally:
        yield 2


list(f("1"))
list(f("x"))
