# No way leads past an if whose sides both return.
# python: >=3.11
def f(x):
    if x:  # branch: 5 taken, 7 missed
        return 1
    else:
        return 2  # missed


f(1)
