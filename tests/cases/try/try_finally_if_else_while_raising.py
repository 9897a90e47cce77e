# Both sides of an if in a finally, while an exception passes through.
# python: >=3.11
def f(x):
    try:
        int("x")
    finally:
        if x:  # branch: 8 taken, 10 taken
            y = 1
        else:
            y = 2


for x in (0, 1):  # branch: 14 taken, exit taken
    try:
        f(x)
    except ValueError:
        pass
