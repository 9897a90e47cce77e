# Excluded lines are no statements of their region.
# python: >=3.11
def f(x):  # region: f 2/2
    if x:  # pragma: no cover  # excluded
        return 1  # excluded
    y = 2
    return y


f(0)
