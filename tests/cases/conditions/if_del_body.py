# A del as the body.
# python: >=3.11
def f(x):
    y = x
    if x:  # branch: 6 taken, 7 taken
        del y
    return 1


f(1)
f(0)
