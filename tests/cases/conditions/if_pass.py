# A pass is a statement like others.
# python: >=3.11
def f(x):
    if x:  # branch: 5 missed, 7 taken
        pass  # missed
    else:
        pass


f(0)
