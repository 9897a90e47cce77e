# What a program can see of its process: descriptors, threads, signals, limits, paths, hooks.
# platform: linux
import atexit
import gc
import os
import resource
import signal
import sys
import threading
import warnings


def handlers():
    for number in sorted(signal.valid_signals()):
        if signal.getsignal(number) not in (signal.SIG_DFL, None):
            yield number.name, getattr(signal.getsignal(number), "__name__", "number")


print(sorted(os.listdir("/proc/self/fd")), os.dup(0), os.pipe())
print(len(os.listdir("/proc/self/task")), threading.active_count(), threading.excepthook.__name__)
print(list(handlers()), signal.pthread_sigmask(signal.SIG_BLOCK, ()), signal.set_wakeup_fd(-1))
print(os.getcwd() == os.path.dirname(__file__), oct(os.umask(0o22)), os.getpriority(0, 0))
print([resource.getrlimit(getattr(resource, name)) for name in dir(resource) if "RLIMIT" in name])
print(os.getsid(0) == os.getpid(), os.getpgid(0) == os.getpid(), os.get_blocking(0))
print(sys.path[1:], len(sys.meta_path), len(sys.path_hooks), sys.flags, sys._xoptions)
print(sys.warnoptions, len(warnings.filters), atexit._ncallbacks(), gc.callbacks, gc.isenabled())
print(sys.stdout.line_buffering, sys.stdout.encoding, sys.excepthook is sys.__excepthook__)
print(sys.displayhook is sys.__displayhook__, sys.unraisablehook is sys.__unraisablehook__)
print(sys.getswitchinterval(), sys.getrecursionlimit(), sys.get_coroutine_origin_tracking_depth())
print(sys.get_asyncgen_hooks(), sys.getprofile(), sys.dont_write_bytecode, sys.pycache_prefix)
print(open("/proc/self/comm").read(), open("/proc/self/cmdline").read().split("\0")[1:])
if threading.main_thread() is not threading.current_thread():
    print("never")  # not run
