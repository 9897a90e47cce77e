# A return on the line of the last if: both ways leave, so it is no branch.
# python: >=3.11
def f(x):
    if x: return


f(1)
