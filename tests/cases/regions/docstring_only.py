# A function without statements.
# python: >=3.11
def f():  # region: f 0/0
    """Nothing."""


class C:  # region: C 0/0
    """Nothing."""


f()
