# One side raises, the other goes on.
# python: >=3.11
def f(x):
    if x < 0:  # branch: 5 taken, 6 taken
        raise ValueError(x)
    return x


f(1)
try:
    f(-1)
except ValueError:
    pass
