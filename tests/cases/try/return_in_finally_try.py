# A return through finally leaves the function.
# python: >=3.11
def f(x):
    try:
        if x:  # branch: 6 taken, 7 taken
            return 1
        y = 2
    finally:
        z = 3
    return y


f(0)
f(1)
