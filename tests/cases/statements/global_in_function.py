# A global statement alone has no code.
# python: >=3.11
x = 0


def f():
    global x
    x = 1
    return x


f()
