# global and nonlocal are no statements.
# python: >=3.11
count = 0


def f():
    global count
    count += 1
    n = 0

    def g():
        nonlocal n
        n += 1

    g()
    return n


f()
