# The body is on the line of the if, the else below has one of its own.
# python: >=3.11
def f(x):
    if x: y = 1  # branch: 6 missed, 7 taken
    else:
        y = 2  # missed
    return y


f(1)
