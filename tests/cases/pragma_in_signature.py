# A pragma on any line of a signature or a decorator leaves out the whole function.
# python: >=3.11
def mark(f):
    return f


def f(
    a,  # pragma: no cover
    b,
):
    return a


@mark  # pragma: no cover
@mark
def g():
    if f:
        return 1


done = 1
