# The outer handler catches what the inner one raises.
# python: >=3.11
def f():
    try:
        try:
            int("x")
        except ValueError:
            {}["x"]
    except KeyError:
        return 1
    return 2  # missed


f()
