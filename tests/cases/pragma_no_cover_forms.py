# Spellings of the pragma, each on a clause that is left out alone.
# python: >=3.11
def f(x):
    if x == 1:  # pragma: no cover
        return 1
    elif x == 2:  #pragma:nocover
        return 2
    if x == 3:  # PRAGMA NO COVER because of this
        return 3
    else:
        x += 1
    try:
        x += 1
    except ValueError:  # type: ignore # pragma: no cover
        x = 0
    for i in []:  # pragma: no cover
        x = 0
    return x


f(0)


def g():  # pragma: no cover
    x = 1
    # a comment

    return x


class C:  # pragma: no cover
    def method(self):
        return 1
