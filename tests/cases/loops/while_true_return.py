# An endless loop is left by return; what follows can never run.
# python: >=3.11
def f(n):
    while True:
        n -= 1
        if n < 0:  # branch: 4 taken, 7 taken
            return n
    return 5  # no code


f(2)
