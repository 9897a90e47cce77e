# A chain in which each clause is on one line.
# python: >=3.11
def f(x):
    if x == 1: y = 1  # branch: 5 taken, 8 taken
    elif x == 2: y = 2  # branch: 6 missed, 8 taken
    elif x == 3: y = 3  # missed; branch: 7 missed, 8 missed
    else: y = 4  # missed
    return y


f(1)
f(2)
