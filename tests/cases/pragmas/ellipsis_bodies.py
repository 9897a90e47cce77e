# Where three dots are left out, and where they are not.
# python: >=3.11
class A: ...


def f(x): ...  # excluded


x = ...
if x:
    ...  # excluded
