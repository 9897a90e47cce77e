# Stars in a call over several lines.
# python: >=3.11
def f(*args, **kwargs):
    return len(args) + len(kwargs)


f(
    *[1, 2],
    3,
    **{"a": 1},
    b=2,
)
