# The pragma on a loop takes out its body, but not its else.
# python: >=3.11
def f(xs):
    for x in xs:  # pragma: no cover  # excluded
        y = x  # excluded
    else:
        y = 1
    return y


f([])
