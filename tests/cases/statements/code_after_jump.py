# What cannot be reached is no statement.
# python: >=3.11
def f(x):
    while True:
        if x:  # branch: 6 taken, 7 taken
            break
        return 1
        y = 2  # no code
    raise ValueError
    z = 3  # no code


try:
    f(1)
except ValueError:
    pass
f(0)
