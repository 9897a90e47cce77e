# Default values are worked out once, where the function is defined.
# python: >=3.11
def default():
    return 1


def f(
    a,
    b=default(),
    *,
    c=default(),
):
    return a + b + c


f(1)
