"""Code that runs when the main program has come to its end."""

import atexit


@atexit.register
def at_exit():
    left = 1  # runs after the last line of the program


def inner():
    yield 1


def generator():
    try:
        yield from inner()
    except Exception:  # asked when the generator is closed, as the interpreter shuts down
        yield 2


suspended = generator()
next(suspended)
