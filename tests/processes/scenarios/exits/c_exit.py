# The C library's exit, _exit and quick_exit: Python does not come to know.
# platform: linux
import atexit
import ctypes
import subprocess
import sys

libc = ctypes.CDLL(None)


@atexit.register
def last():
    if len(sys.argv) > 1:
        print("never")  # not run
    print("the parent ends like any other")


if len(sys.argv) == 1:
    for name in ("exit", "_exit", "quick_exit", "abort"):
        done = subprocess.run([sys.executable, __file__, name], capture_output=True)
        print(name, done.returncode, done.stdout)
else:
    for step in range(3):
        if step == 2:
            getattr(libc, sys.argv[1])(7)
        print("step", step, flush=True)
    print("never")  # not run
