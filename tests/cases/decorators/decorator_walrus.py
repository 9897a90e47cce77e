# A name bound in a decorator.
# python: >=3.11
@(found := lambda f: f)
def f():
    return 1


f()
