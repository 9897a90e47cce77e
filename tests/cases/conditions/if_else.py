# An if with else that only ever goes one way.
# python: >=3.11
def f(x):
    if x:  # branch: 5 taken, 7 missed
        a = 1
    else:
        a = 2  # missed
    return a


f(1)
