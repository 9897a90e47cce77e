# Short circuits inside a condition are no branches of their own.
# python: >=3.11
def f(a, b, c):
    if a and b or c:  # branch: 5 taken, 6 taken
        return 1
    d = a and b
    e = a or b
    return 2 if c else (d, e)


f(1, 1, 0)
f(0, 0, 0)
