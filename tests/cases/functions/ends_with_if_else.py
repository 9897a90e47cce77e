# The function ends on either side of an if.
# python: >=3.11
def f(x):
    if x:  # branch: 5 missed, 7 taken
        y = 1  # missed
    else:
        y = 2


f(0)
