# A raise in the else of a loop.
# python: >=3.11
def f(xs):
    for x in xs:  # branch: 5 taken, 8 taken
        if x:  # branch: 4 missed, 6 taken
            break
    else:
        raise ValueError
    return 1


f([1])
try:
    f([])
except ValueError:
    pass
