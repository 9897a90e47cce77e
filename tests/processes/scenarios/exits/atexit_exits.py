# Leaving from within atexit: sys.exit is only told, os._exit really leaves.
import atexit
import os
import sys


@atexit.register
def never():
    print("never")  # not run


@atexit.register
def leaves():
    print("leaves", flush=True)
    os._exit(6)
    print("never")  # not run


@atexit.register
def tries():
    print("tries", flush=True)
    sys.exit(5)


sys.exit(4)
