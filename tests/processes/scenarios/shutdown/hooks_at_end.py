# An unhandled exception first, then everything else that belongs to the end.
import atexit
import sys
import threading


def hook(kind, value, traceback):
    print("hook", value)
    later.start()


def late():
    print("a thread that the hook started")


class Noisy:
    def __del__(self):
        raise ValueError("in a destructor")


@atexit.register
def last():
    global noisy
    del noisy
    print("last")


def unraisable(problem):
    print("unraisable:", problem.exc_value)


noisy = Noisy()
later = threading.Thread(target=late)
sys.excepthook = hook
sys.unraisablehook = unraisable
raise LookupError("the end")
