# The condition raises at its second turn.
# python: >=3.11
values = [1]


def more():
    return values.pop()


def f():
    n = 0
    while more():  # branch: 13 taken, 14 missed
        n += 1
    return n  # missed


try:
    f()
except IndexError:
    pass
