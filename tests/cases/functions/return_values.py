# Returns with and without a value, and none at all.
# python: >=3.11
def f(x):
    if x == 1:  # branch: 5 taken, 6 taken
        return
    if x == 2:  # branch: 7 missed, 8 taken
        return x  # missed
    x = 3


f(1)
f(3)
