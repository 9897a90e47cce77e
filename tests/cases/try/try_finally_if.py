# A branch at the end of finally goes on behind the try.
# python: >=3.11
def f(x):
    try:
        y = 1
    finally:
        if x:  # branch: 8 taken, 9 missed
            y = 2
    return y


f(1)
