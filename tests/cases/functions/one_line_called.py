# A function on one line that is called leaves both ways.
# python: >=3.11
def f(x): return x + 1  # branch: 4 taken, exit taken
def g(x): return x - 1  # branch: 5 taken, exit missed
f(1)
