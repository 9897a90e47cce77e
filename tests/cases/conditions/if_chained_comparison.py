# A chain of comparisons is one condition with two ways.
# python: >=3.11
def f(x):
    if 1 < x < 5:  # branch: 5 missed, 6 taken
        return "inside"  # missed
    return "outside"


f(0)
f(9)
