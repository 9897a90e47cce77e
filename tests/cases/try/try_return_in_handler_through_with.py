# A return from a handler inside a with.
# python: >=3.11
class Lock:
    def __enter__(self):
        return 0

    def __exit__(self, *exc):
        return None


def f(x):
    with Lock():
        try:
            y = int(x)
        except ValueError:
            return None
    return y


f("x")
f("1")
