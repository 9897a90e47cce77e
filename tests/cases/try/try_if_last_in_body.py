# The if at the end of the body goes on behind the try.
# python: >=3.11
def f(x):
    try:
        if x:  # branch: 6 taken, 9 taken
            y = 1
    except ValueError:  # missed
        y = 2  # missed
    return x


f(0)
f(1)
