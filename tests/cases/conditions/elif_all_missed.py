# No condition of a chain is true.
# python: >=3.11
def f(x):
    if x == 1:  # branch: 5 missed, 6 taken
        return "one"  # missed
    elif x == 2:  # branch: 7 missed, 8 taken
        return "two"  # missed
    elif x == 3:  # branch: 9 missed, 10 taken
        return "three"  # missed
    return "other"


f(4)
