# An endless loop is left by an exception.
# python: >=3.11
def f(n):
    while True:
        if not n:  # branch: 6 taken, 7 taken
            raise ValueError
        n -= 1


try:
    f(1)
except ValueError:
    pass
