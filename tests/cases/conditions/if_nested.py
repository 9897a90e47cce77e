# Ifs inside ifs: the inner one's ways out join the outer one's.
# python: >=3.11
def f(a, b):
    if a:  # branch: 5 taken, 10 taken
        if b:  # branch: 6 missed, 8 taken
            c = 1  # missed
        else:
            c = 2
    else:
        if b:  # branch: 11 taken, 12 taken
            c = 3
    return a


f(1, 0)
f(0, 0)
f(0, 1)
