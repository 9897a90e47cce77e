# A condition that raises has gone neither way, but it may the next time.
# python: >=3.11
def check(x):
    if not x:  # branch: 5 taken, 6 taken
        raise ValueError
    return x


def f(x):
    if check(x):  # branch: 11 taken, 12 missed
        return True
    return False  # missed


try:
    f(0)
except ValueError:
    f(1)
