# A function with a docstring only, called and not called.
# python: >=3.11
def f():
    "Do nothing."


def g():
    """Do
    nothing."""


f()
