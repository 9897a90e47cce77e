# Annotations without a value, in a function and at module level.
# python: >=3.11
def f():
    x: int  # no code
    y: int = 1
    return y


z: int = 1
f()
