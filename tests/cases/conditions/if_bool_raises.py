# The truth of an object cannot be told: its condition goes neither way.
# python: >=3.11
class Neither:
    def __bool__(self):
        raise TypeError


def f():
    if Neither():  # branch: 10 missed, 11 missed
        return 1  # missed
    return 2  # missed


try:
    f()
except TypeError:
    pass
