# The way out of the class is taken from its last if.
# python: >=3.11
class C:
    x = 1
    if x > 1:  # branch: 6 missed, exit taken
        y = 1  # missed


class D:
    x = 2
    if x > 1:  # branch: 12 taken, exit missed
        y = 1
