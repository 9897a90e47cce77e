# What is no manager raises on the with's line.
# python: >=3.11
def f(x):
    with x:
        return 1  # missed


try:
    f(1)
except (AttributeError, TypeError):
    pass
