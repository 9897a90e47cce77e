# A return in the loop leaves without the else.
# python: >=3.11
def f(xs):
    for x in xs:  # branch: 5 taken, 8 missed
        if x:  # branch: 4 taken, 6 taken
            return x
    else:
        x = None  # missed
    return x  # missed


f([0, 1])
