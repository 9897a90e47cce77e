# A bare raise on the line of its if: out of the function, or to the handler of a try.
# python: >=3.11
def again(x):
    if x: raise  # branch: 5 missed, exit taken
    return x  # missed


def within(x):
    try:
        if x == 1: raise  # branch: 11 taken, 12 taken
        if x == 2: raise  # branch: 12 taken, 14 taken
    except ValueError:
        x = 0
    return x


for x in (1, 2, 3):  # branch: 18 taken, 23 taken
    try:
        raise ValueError
    except ValueError:
        within(x)

try:
    int("x")
except ValueError:
    try:
        again(1)
    except ValueError:
        x = 4
