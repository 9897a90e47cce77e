# Annotations without a value in a class are statements up to 3.13.
# python: >=3.11
class C:
    a: int  # no code on >=3.14
    b: str  # no code on >=3.14
    c: int = 1
