# An if at the end of a case goes on behind the match.
# python: >=3.11
def f(x, y):
    match x:
        case 1:  # branch: 6 taken, 8 missed
            if y:  # branch: 7 missed, 10 taken
                z = 1  # missed
        case _:  # missed
            z = 2  # missed
    return x


f(1, 0)
