# An endless loop whose condition is asked each time.
# python: >=3.11
def f(x):
    while x or True:
        x += 1
        if x > 2:  # branch: 4 taken, 7 taken
            break
    return x


f(0)
