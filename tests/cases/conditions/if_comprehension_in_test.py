# A comprehension in a condition has conditions of its own, which do not count.
# python: >=3.11
def f(xs):
    if any(x > 2 if x else False for x in xs):  # branch: 5 missed, 6 taken
        return 1  # missed
    return 2


f([0, 1])
