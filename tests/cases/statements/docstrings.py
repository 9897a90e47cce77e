# Docstrings are no statements; other strings are, if code is left of them.
# python: >=3.11
def f():
    "One line."
    return 1


def g():
    """Several

    lines.
    """
    return 2  # missed


class C:
    "A class."
    x = 1


f()
