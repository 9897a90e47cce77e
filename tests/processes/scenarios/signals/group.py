# Signals to a whole process group: one child handles it, one dies, the parent ignores it.
import os
import signal
import subprocess
import sys


def handles():
    signal.signal(signal.SIGTERM, lambda *what: sys.exit(5))
    print("ready", flush=True); signal.pause()
    print("never")  # not run


def dies():
    print("ready", flush=True); signal.pause()
    print("never")  # not run


if len(sys.argv) > 1:
    globals()[sys.argv[1]]()
children = []
for name in ("handles", "dies"):
    command = [sys.executable, __file__, name]
    children.append(subprocess.Popen(command, stdout=subprocess.PIPE))
    children[-1].stdout.readline()
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.killpg(0, signal.SIGTERM)
print([child.wait() for child in children])
