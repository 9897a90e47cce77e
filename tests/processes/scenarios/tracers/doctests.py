# doctest runs examples, and debugs none of them.
import doctest


def double(n):
    """Twice the number.

    >>> double(2)
    4
    >>> double("a")
    'aa'
    >>> double(None)
    Traceback (most recent call last):
    TypeError: not None
    """
    if n is None:
        raise TypeError("not None")
    return n * 2


def wrong(n):
    """
    >>> wrong(1)
    2
    """
    if n == 2:
        return 5  # not run
    return 3


results = doctest.testmod()
print(results)
raise SystemExit(results.failed)
