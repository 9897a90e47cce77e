# A chain ends where a condition is known to be true.
# python: >=3.11
def f(x):
    if x == 1:  # branch: 5 taken, 6 taken
        return 1
    elif True:
        return 2
    else:
        return 3  # no code


f(1)
f(2)
