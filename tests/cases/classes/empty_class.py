# A class with nothing but a docstring, and one with pass.
# python: >=3.11
class A:
    "Nothing."


class B:
    pass
