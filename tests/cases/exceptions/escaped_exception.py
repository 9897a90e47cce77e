# REX-03: an exception escapes from the inner condition; it went neither way.
# python: >=3.11
def boom(x):
    raise ValueError


def f(x):
    if x:  # branch: 9 taken, 11 taken
        if boom(x):  # branch: 10 missed, 11 missed
            b = 1  # missed
    return 1


try:
    f(1)
except ValueError:
    pass
f(0)
