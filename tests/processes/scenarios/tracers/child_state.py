# The same of a forked child, and of one that was started.
# platform: linux
import os
import subprocess
import sys
import threading


def show(word):
    print(word, sorted(os.listdir("/proc/self/fd")), os.dup(0), flush=True)
    print(len(os.listdir("/proc/self/task")), threading.active_count(), flush=True)
    print(sorted(set(os.environ) - {"COV_SETTINGS"}) if word == "started" else "", flush=True)
    if word == "":
        print("never")  # not run


if len(sys.argv) > 1:
    show("started")
    sys.exit(2)
pid = os.fork()
if pid == 0:
    show("forked")
    os._exit(1)
os.waitpid(pid, 0)
show("the parent")
print(subprocess.run([sys.executable, __file__, "child"], env={"A": "B"}).returncode)
print(subprocess.run([sys.executable, __file__, "child"], close_fds=False, env={}).returncode)
