# Both ways of a condition may lead to the same line: then it is no branch.
# python: >=3.11
def f(x):
    if x:  # branch: 7 missed, 8 taken
        global y
    else:
        pass  # missed
    y = x
    return y


f(1)
