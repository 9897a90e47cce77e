# A decorator over several lines, and one behind it.
# python: >=3.11
def mark(**kwargs):
    return lambda f: f


@mark(
    a=1,
    b=2,
)
@mark()
def f():
    return 1


f()
