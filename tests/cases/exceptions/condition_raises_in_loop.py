# A condition raises in a loop that goes on.
# python: >=3.11
def f(xs):
    for x in xs:  # branch: 5 taken, 11 taken
        try:
            if 1 // x:  # branch: 7 missed, 10 missed
                y = x  # missed
        except ZeroDivisionError:
            continue
        y = 1  # missed
    return 1


f([0])
