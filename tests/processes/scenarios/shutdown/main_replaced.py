# Modules are removed, replaced and broken before the end.
import atexit
import builtins
import os
import sys


def work():
    return len(sys.argv)


@atexit.register
def last():
    write(1, b"last\n")
    if work() != 1:
        write(1, b"never\n")  # not run


write = os.write
for name in list(sys.modules):
    if name.startswith(("encodings", "codecs", "site", "importlib", "os", "posix", "threading")):
        del sys.modules[name]
sys.path.clear()
sys.meta_path.clear()
del builtins.open
del builtins.__import__
os.environ = None
os.getpid = None
work()
