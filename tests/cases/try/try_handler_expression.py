# The type in a handler is worked out when it is needed.
# python: >=3.11
def kinds():
    return ValueError


def f(x):
    try:
        return int(x)
    except kinds():
        return None


f("x")
