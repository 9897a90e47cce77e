# A docstring with code behind it on its line hides that code.
# python: >=3.11
class C:
    "A class."; x = 1
    y = 2
