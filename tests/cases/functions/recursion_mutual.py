# Two functions call each other.
# python: >=3.11
def even(n):
    if n == 0:  # branch: 5 taken, 6 taken
        return True
    return odd(n - 1)


def odd(n):
    if n == 0:  # branch: 11 missed, 12 taken
        return False  # missed
    return even(n - 1)


even(2)
