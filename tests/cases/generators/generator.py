# A generator left half way.
# python: >=3.11
def g(n):
    for i in range(n):  # branch: 5 taken, 7 taken
        if i:  # branch: 4 taken, 6 taken
            yield i
    yield -1


next(g(3))
list(g(0))
