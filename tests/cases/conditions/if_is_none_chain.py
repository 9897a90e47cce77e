# A row of separate ifs, each with its own way to the next.
# python: >=3.11
def f(x=None, y=None):
    if x is None:  # branch: 5 taken, 6 taken
        x = 1
    if y is None:  # branch: 7 taken, 8 missed
        y = 2
    return x + y


f()
f(1)
