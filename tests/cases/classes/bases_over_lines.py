# Bases over several lines belong to the class line.
# python: >=3.11
class Base:
    x = 1


class C(
    Base,
    metaclass=type,
):
    y = 2
