# Two generators take turns in their loops: each goes its own way.
# python: >=3.11
def f(n):
    for i in range(n):  # branch: 5 taken, 6 taken
        yield i
    yield "end"


a, b = f(1), f(2)
for _ in range(2):  # branch: 11 taken, exit taken
    next(a), next(b)
