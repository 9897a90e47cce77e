# The message of an assert is worked out when it fails.
# python: >=3.11
def message():
    return "no"


def f(x):
    assert x, (
        message()
    )
    return x


f(1)
try:
    f(0)
except AssertionError:
    pass
