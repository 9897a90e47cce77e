# Spellings of the pragma, each on a clause that is left out alone.
# python: >=3.11
def f(x):
    if x == 1:  # pragma: no cover  # excluded
        return 1  # excluded
    elif x == 2:  #pragma:nocover  # excluded
        return 2  # excluded
    if x == 3:  # PRAGMA NO COVER because of this  # excluded
        return 3  # excluded
    else:
        x += 1
    try:
        x += 1
    except ValueError:  # type: ignore # pragma: no cover  # excluded
        x = 0  # excluded
    for i in []:  # pragma: no cover  # excluded
        x = 0  # excluded
    return x


f(0)


def g():  # pragma: no cover  # excluded
    x = 1  # excluded
    # a comment

    return x  # excluded


class C:  # pragma: no cover  # excluded
    def method(self):  # excluded
        return 1  # excluded
