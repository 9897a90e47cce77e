# Functions and their numbers.
# python: >=3.11
def one():  # region: one 1/1
    return 1


def two(x):  # region: two 2/3
    if x:  # branch: 9 taken, 10 missed
        return 1
    return 2  # missed


def never():  # region: never 0/2
    x = 1  # missed
    return x  # missed


one()
two(1)
