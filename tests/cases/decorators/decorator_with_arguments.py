# A decorator that is called first.
# python: >=3.11
def times(n):
    def decorate(f):
        def wrapped(x):
            for _ in range(n):  # branch: 7 taken, 8 taken
                x = f(x)
            return x

        return wrapped

    return decorate


@times(2)
def f(x):
    return x + 1


f(1)
