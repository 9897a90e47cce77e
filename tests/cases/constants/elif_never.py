# A condition that is known to be false is passed over.
# python: >=3.11
def f(x):
    if x == 1:  # branch: 5 taken, 6 taken
        return 1
    elif False:
        return 2  # no code
    elif x == 3:  # branch: 9 taken, 10 missed
        return 3
    return 4  # missed


f(1)
f(3)
