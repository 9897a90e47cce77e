# Every part of a long and may end it; it is one condition.
# python: >=3.11
def f(a, b, c):
    if (  # branch: 9 missed, 10 taken
        a
        and b
        and c
    ):
        return 1  # missed
    return 0


f(1, 1, 0)
f(0, 1, 1)
