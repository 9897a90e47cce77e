# Exception hooks: one that prints, one that raises itself, one that leaves by os._exit.
import os
import subprocess
import sys


def prints(kind, value, traceback):
    print("hook", kind.__name__, value, traceback.tb_lineno > 0)


def raises(kind, value, traceback):
    raise RuntimeError("the hook fails, too")


def leaves(kind, value, traceback):
    os._exit(42)


if len(sys.argv) == 1:
    for name in ("prints", "raises", "leaves"):
        done = subprocess.run([sys.executable, __file__, name], capture_output=True, text=True)
        print(name, done.returncode, done.stdout, done.stderr)
else:
    sys.excepthook = globals()[sys.argv[1]]
    int("no number")
    print("never")  # not run
