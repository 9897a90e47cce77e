# Decorators of a class, one of them over several lines.
# python: >=3.11
def mark(*args):
    return lambda c: c


@mark(1)
@mark(
    2,
)
class C:
    x = 1

    @mark(3)
    def f(self):
        return 1


C().f()
