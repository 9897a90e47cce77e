# A decorator that is a lambda.
# python: >=3.11
@(lambda f: f)
def f():
    return 1


@(
    lambda f: f
)
def g():
    return 2  # missed


f()
