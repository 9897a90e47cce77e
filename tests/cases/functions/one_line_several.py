# Several statements on the line of a definition.
# python: >=3.11
def f(x): y = x; z = y; return z  # branch: 4 taken, exit taken
f(1)
done = 1
