# StopIteration that somebody raises is no loop's end.
# python: >=3.11
def f(x):
    if next(iter(x)):  # branch: 5 missed, 6 missed
        return 1  # missed
    return 2  # missed


try:
    f([])
except StopIteration:
    pass
