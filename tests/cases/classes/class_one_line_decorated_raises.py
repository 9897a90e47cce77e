# A decorated class on one line raises behind a condition of its own: neither way is taken.
# python: >=3.11
def deco(cls):
    return cls  # missed


def fail():
    raise ValueError


try:
    @deco
    class C: x = fail() if deco else 2  # branch: 14 missed, exit missed
    made = C  # missed
except ValueError:
    made = None
