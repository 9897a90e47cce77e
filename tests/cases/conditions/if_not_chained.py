# A negated chain of comparisons has two ways as well.
# python: >=3.11
def f(x):
    if not 1 < x <= 5 != 4:  # branch: 5 missed, 6 taken
        return "outside"  # missed
    return "inside"


f(2)
