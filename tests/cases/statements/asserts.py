# An assert is no branch.
# python: >=3.11
def f(x):
    assert x, "no"
    assert isinstance(
        x, int
    )


f(1)
