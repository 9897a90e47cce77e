# Several statements behind the colon are one line.
# python: >=3.11
def f(x):
    if x: y = 1; z = 2; return y + z  # branch: 5 taken, exit missed
    return 0


f(0)
