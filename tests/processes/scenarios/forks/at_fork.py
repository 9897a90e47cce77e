# Functions that run around a fork, and a fork inside of one of them.
import os


def before():
    seen.append("before")


def in_parent():
    seen.append("parent")


def in_child():
    global depth
    seen.append("child")
    depth += 1
    if depth < 2:
        pid = os.fork()
        if pid:
            os.waitpid(pid, 0)
    print(depth, seen, flush=True)


depth = 0
seen = []
os.register_at_fork(before=before, after_in_parent=in_parent, after_in_child=in_child)
pid = os.fork()
if pid == 0:
    os._exit(0)
os.waitpid(pid, 0)
print(depth, seen)
