# A forgiven line misses nothing.
# python: >=3.11
def f(x):
    if x:  # pragma: no branch  # branch: 5 taken
        y = 1
    while x:  # pragma: no branch  # branch: 7 taken
        if x == 1:  # branch: 8 taken, 9 taken
            break
        x -= 1
    return y


f(2)
