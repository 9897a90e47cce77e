"""Code that runs when the main program has come to its end."""

import atexit
from collections.abc import Iterator


@atexit.register
def at_exit() -> None:
    print(end="")  # runs after the last line of the program


def inner() -> Iterator[int]:
    yield 1


def generator() -> Iterator[int]:
    try:
        yield from inner()
    except ArithmeticError:  # asked when the generator is closed, as the interpreter shuts down
        yield 2


suspended = generator()
next(suspended)
