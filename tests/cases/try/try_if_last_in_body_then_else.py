# The if at the end of the body goes on in the else.
# python: >=3.11
def f(x):
    try:
        if x:  # branch: 6 missed, 10 taken
            y = 1  # missed
    except ValueError:  # missed
        y = 2  # missed
    else:
        z = 3
    return x


f(0)
