# The same condition is false by its first part at another time.
# python: >=3.11
def boom():
    raise ValueError


def f(x):
    if x and boom():  # branch: 9 missed, 10 taken
        return 1  # missed
    return 2


try:
    f(1)
except ValueError:
    f(0)
