# On one line only a jump makes an if a branch.
# python: >=3.11
def f(x):
    if x: x = 1
    if x: return x  # branch: 6 missed, exit taken
    return 0  # missed


f(1)
