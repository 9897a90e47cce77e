# REX-05: a forgiven line that never ran counts neither way.
# python: >=3.11
def f(x):
    while x:  # pragma: no branch  # missed
        x -= 1  # missed
