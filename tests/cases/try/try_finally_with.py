# A with in a finally.
# python: >=3.11
class Lock:
    def __enter__(self):
        return 0

    def __exit__(self, *exc):
        return None


def f():
    try:
        return 1
    finally:
        with Lock():
            x = 1


f()
