# What a pattern asks raises: its case went neither way.
# python: >=3.11
class Odd:
    @property
    def x(self):
        raise ValueError


def f(o):
    match o:
        case Odd(x=1):  # branch: 12 missed, 13 missed
            return 1  # missed
        case _:  # missed
            return 2  # missed


try:
    f(Odd())
except ValueError:
    pass
