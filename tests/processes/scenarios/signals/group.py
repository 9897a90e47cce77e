# Signals to a whole process group: one child handles it, one dies, the parent ignores it.
import os
import signal
import subprocess
import sys
import time


def handles():
    signal.signal(signal.SIGTERM, lambda *what: sys.exit(5))
    # Not pause(), which would wait for ever if the signal came right before it.
    print("ready", flush=True); any(time.sleep(0.1) for _ in range(999))
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
