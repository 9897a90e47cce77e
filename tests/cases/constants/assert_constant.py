# An assert that can never fail, and one that always does.
# python: >=3.11
assert 1, "no"
try:
    assert 0, "always"
except AssertionError:
    pass
