# A pragma on any line of a signature or a decorator leaves out the whole function.
# python: >=3.11
def mark(f):
    return f


def f(  # excluded
    a,  # pragma: no cover
    b,
):
    return a  # excluded


@mark  # pragma: no cover  # excluded
@mark  # excluded
def g():  # excluded
    if f:  # excluded
        return 1  # excluded


done = 1
