# A global statement leaves no code: the body starts behind it.
# python: >=3.11
def f(x):
    if x:  # branch: 6 taken, 7 missed
        global counter
        counter = 1
    return x


f(1)
