# The usual shape of a decorator.
# python: >=3.11
import functools


def logged(f):
    @functools.wraps(f)
    def wrapper(*args):
        if not args:  # branch: 10 missed, 11 taken
            return None  # missed
        return f(*args)

    return wrapper


@logged
def f(x):
    return x


f(1)
