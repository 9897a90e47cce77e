# REX-05: a forgiven line counts its ways as taken, although it never ran.
# python: >=3.11
def f(x):
    while x:  # pragma: no branch  # missed
        x -= 1  # missed
