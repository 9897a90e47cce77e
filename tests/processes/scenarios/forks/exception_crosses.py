# An exception raised in the child unwinds what the parent had entered; both end with it.
import os
import sys


class Escape(Exception):
    pass


def inner():
    pid = os.fork()
    if pid == 0:
        raise Escape("from the child")
    os.waitpid(pid, 0)
    return pid


def outer():
    try:
        return inner()
    finally:
        print("left", flush=True)


try:
    outer()
    print("the parent")
except Escape as problem:
    print("caught", problem, flush=True)
    raise
sys.exit(2)
