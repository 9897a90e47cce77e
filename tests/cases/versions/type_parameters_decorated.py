# A decorated generic class.
# python: >=3.12
def mark(c):
    return c


@mark
class C[T]:
    x = 1

    @mark
    def f[U](self, y: U) -> T:
        return y


C().f(1)
