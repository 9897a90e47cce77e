# A call over several lines that raises half way ran.
# python: >=3.11
def f(*args):
    return args  # missed


try:
    f(
        1,
        int("x"),
        2,
    )
except ValueError:
    pass
