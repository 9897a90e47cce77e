# The inner try has no handler for it, the outer one has.
# python: >=3.11
def f():
    try:
        try:
            int("x")
        except KeyError:
            return 1  # missed
    except ValueError:
        return 2


f()
