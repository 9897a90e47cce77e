# Overloads are three dots, which do not count.
# python: >=3.11
from typing import overload


@overload  # excluded
def f(x: int) -> int: ...  # excluded


@overload  # excluded
def f(x: str) -> str: ...  # excluded


def f(x):
    return x


f(1)
