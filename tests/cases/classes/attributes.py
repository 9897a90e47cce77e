# Attributes of several kinds in a class.
# python: >=3.11
class C:
    a = 1
    b: int = 2
    c, d = 3, 4
    e = [
        1,
        2,
    ]
