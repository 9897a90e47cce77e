# REX-02: two generators of one function take turns; the inner if was never false.
# python: >=3.11
def g(n):
    if n:  # branch: 5 taken, 7 taken
        if (yield n):  # branch: 6 taken, 7 missed
            x = 1
    yield 5


a = g(1)
next(a)
b = g(0)
next(b)
a.send(1)
