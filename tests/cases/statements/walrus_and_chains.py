# An assignment in a condition; a chain of comparisons.
# python: >=3.11
def f(items):
    while (n := len(items)) > 1:  # branch: 5 taken, 6 taken
        items.pop()
    if 0 < n < 5:  # branch: 7 taken, 8 missed
        return n
    return 0  # missed


f([1, 2, 3])
