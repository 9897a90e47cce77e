# Each elif is an if of its own.
# python: >=3.11
def f(x):
    if x == 1:  # branch: 5 taken, 6 taken
        a = "one"
    elif x == 2:  # branch: 7 missed, 8 taken
        a = "two"  # missed
    elif x == 3:  # branch: 9 taken, 11 missed
        a = "three"
    else:
        a = "many"  # missed
    return a


f(1)
f(3)
