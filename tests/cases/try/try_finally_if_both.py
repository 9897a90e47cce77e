# An if in a finally, true and false.
# python: >=3.11
def f(x):
    try:
        y = x
    finally:
        if x:  # branch: 8 taken, 9 taken
            y = 1
    return y


f(0)
f(1)
