# Each decorator is a statement, and so is the definition.
# python: >=3.11
def mark(*args):
    def wrap(f):
        return f

    return wrap


@mark()
@mark(
    1,
    2,
)
def f(x):
    if x:  # branch: 17 taken, exit missed
        return 1


@mark()
class C:
    x = 1


f(1)
