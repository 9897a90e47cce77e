# A return on the line of its if.
# python: >=3.11
def f(x):
    if x: return 1  # branch: 5 missed, exit taken
    return 2  # missed


f(1)
