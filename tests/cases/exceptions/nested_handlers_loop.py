# A retry with a counter.
# python: >=3.11
def f(tries):
    while tries:  # branch: 5 taken, exit missed
        try:
            return int("x")
        except ValueError:
            tries -= 1
            if not tries:  # branch: 4 taken, 10 taken
                raise


try:
    f(2)
except ValueError:
    pass
