# A known condition on one line.
# python: >=3.11
def f():
    if 0: return 1
    if 1: return 2
    return 3  # no code


f()
