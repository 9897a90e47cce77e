# Every part of a long or may end it; it is one condition.
# python: >=3.11
def f(a, b, c):
    if a or b or c:  # branch: 5 taken, 6 missed
        return 1
    return 0  # missed


f(0, 0, 1)
f(1, 0, 0)
