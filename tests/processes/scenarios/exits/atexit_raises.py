# Functions of atexit that raise do not stop the others, nor change the exit status.
import atexit
import sys


def works(text):
    print("works", text)


def fails():
    if sys is None:
        print("never")  # not run
    raise OSError("from atexit")


def cleared():
    print("never")  # not run


atexit.register(cleared)
atexit.unregister(cleared)
atexit.register(works, "last")
atexit.register(fails)
atexit.register(works, text="first")
sys.exit(3)
