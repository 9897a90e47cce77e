# An exception that nobody handles: the traceback is the plain one.
import contextlib


def deep(n):
    if n:
        return deep(n - 1)
    return {}["no such key"]


@contextlib.contextmanager
def manager():
    print("entered")
    try:
        yield 1
        print("never")  # not run
    finally:
        print("left")


try:
    with manager():
        deep(2)
        print("never")  # not run
except LookupError as problem:
    problem.add_note("a note")
    raise RuntimeError("chained") from problem
print("never")  # not run
