# What follows an endless loop is dropped, whatever its depth.
# python: >=3.11
def f(x):
    while True:
        if x:  # branch: 6 taken, 7 taken
            return 1
        x += 1
    if x:  # no code
        return 2  # no code


f(0)
