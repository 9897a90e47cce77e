# What is active at the fork goes on in both: loops, generators, `with` and `finally`.
import contextlib
import os


@contextlib.contextmanager
def manager():
    try:
        yield "managed"
    finally:
        if os.getpid() == parent:
            print("left in the parent", flush=True)
        else:
            print("left in the child", flush=True)


def generator(pid):
    yield 1
    if pid():
        yield "parent"
    else:
        yield "child"


def outer():
    steps = generator(lambda: os.getpid() == parent)
    next(steps)
    for number in range(3):
        if number == 1:
            pid = os.fork()
        if number == 2 and pid == 0:
            print("in the child's loop", flush=True)
        elif number == 2:
            os.waitpid(pid, 0)
            print("in the parent's loop", flush=True)
    who = next(steps)
    if who == "child":
        return 0
    return pid


parent = os.getpid()
with manager() as name:
    if outer() == 0:
        print("the child goes on", flush=True)
    else:
        print("the parent goes on", flush=True)
print(name, "at the end", flush=True)
