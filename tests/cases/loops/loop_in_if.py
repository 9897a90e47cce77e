# A loop on one side of an if.
# python: >=3.11
def f(xs):
    if xs:  # branch: 5 taken, 8 missed
        for x in xs:  # branch: 6 taken, 9 taken
            y = x
    else:
        y = None  # missed
    return y


f([1])
