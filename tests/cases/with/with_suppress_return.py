# A swallowed exception, and a return behind it.
# python: >=3.11
from contextlib import suppress


def f(x):
    with suppress(KeyError):
        return {"a": 1}[x]
    return None


f("a")
f("b")
