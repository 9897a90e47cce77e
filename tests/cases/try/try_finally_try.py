# A try in a finally.
# python: >=3.11
def f():
    try:
        x = 1
    finally:
        try:
            int("x")
        except ValueError:
            x = 2
    return x


f()
