# A loop whose else has an if.
# python: >=3.11
def f(xs, y):
    for x in xs:  # branch: 5 taken, 8 taken
        if x:  # branch: 4 taken, 6 taken
            break
    else:
        if y:  # branch: 9 taken, 10 missed
            return 1
        return 2  # missed
    return 3


f([0], 1)
f([1], 1)
