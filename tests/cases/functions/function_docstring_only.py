# A function of nothing but a docstring.
# python: >=3.11
def f():
    """Nothing else."""


class C:
    """Nothing else either."""


f()
