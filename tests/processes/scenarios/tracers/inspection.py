# What a program can see of itself: frames, tracebacks, threads, builtins, modules it did not import.
import builtins
import gc
import inspect
import os
import signal
import subprocess
import sys
import threading
import traceback


def here():
    return [frame.function for frame in inspect.stack()]


def failing():
    try:
        os.execv("no/such", ["x"])
    except OSError as problem:
        return traceback.extract_tb(problem.__traceback__)
    return None  # not run


print(here(), len(failing()))
print(sys.gettrace() is None if sys.version_info >= (3, 12) else "", sys.getprofile())
print(threading.active_count(), len(sys._current_frames()), sys.excepthook is sys.__excepthook__)
print(sys.argv, sys.path[0] == os.path.dirname(__file__), __name__, __spec__, __package__)
print(sorted(globals()))
print(sorted(name for name in vars(builtins) if not name.startswith("_"))[:3])
for function in (os.fork, os.execv, os._exit, subprocess.run, signal.signal, sys.exit):
    print(function.__name__, type(function).__name__, inspect.isbuiltin(function))
for name in ("sqlite3", "argparse", "json", "logging", "multiprocessing"):
    print(name, name in sys.modules)
print(gc.isenabled(), gc.get_threshold() == gc.get_threshold(), sys.getrecursionlimit())
print(sys.flags, sys.orig_argv[1:] == [__file__] or len(sys.orig_argv))
