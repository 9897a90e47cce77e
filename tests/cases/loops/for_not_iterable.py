# What cannot be iterated raises in the loop's head.
# python: >=3.11
def f(x):
    for y in x:  # branch: 5 missed, 6 missed
        z = y  # missed
    return 1  # missed


try:
    f(1)
except TypeError:
    pass
