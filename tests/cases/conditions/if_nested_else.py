# The inner if goes on behind the outer else.
# python: >=3.11
def f(a, b):
    if a:  # branch: 5 taken, 8 missed
        if b:  # branch: 6 taken, 9 taken
            x = 1
    else:
        x = 2  # missed
    return a


f(1, 0)
f(1, 1)
