# Forks in atexit functions and in finalizers.
import atexit
import os
import weakref


class Thing:
    pass


def finalized():
    pid = os.fork()
    if pid == 0:
        print("child of a finalizer", flush=True)
        os._exit(0)
    os.waitpid(pid, 0)


@atexit.register
def last():
    pid = os.fork()  # 3.12.0 and some after it refuse to
    if pid == 0:  # either >=3.12,<3.13
        print("child of atexit", flush=True)  # either >=3.12,<3.13
        os._exit(0)  # either >=3.12,<3.13
    os.waitpid(pid, 0)  # either >=3.12,<3.13
    print("parent", flush=True)  # either >=3.12,<3.13


thing = Thing()
weakref.finalize(thing, finalized)
del thing
print("done", flush=True)
