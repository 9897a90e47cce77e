# A conditional expression as the condition.
# python: >=3.11
def f(a, b):
    if (b if a else not b):  # branch: 5 taken, 6 missed
        return 1
    return 2  # missed


f(1, 1)
f(0, 0)
