# A lambda in a condition has conditions of its own, which do not count.
# python: >=3.11
def f(x):
    if (lambda y: y and x)(3):  # branch: 5 taken, 6 missed
        return 1
    return 2  # missed


f(1)
