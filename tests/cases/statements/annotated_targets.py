# Annotations of attributes and items are worked out in functions, too.
# python: >=3.11
class C:
    pass


def f(c):
    c.x: int
    c.y: int = 1
    z: int  # no code
    return c


f(C())
