# The if at the end of the body goes on in the finally.
# python: >=3.11
def f(x):
    try:
        if x:  # branch: 6 missed, 8 taken
            y = 1  # missed
    finally:
        z = 3
    return x


f(0)
