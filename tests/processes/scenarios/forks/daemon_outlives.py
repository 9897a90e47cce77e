# The first process ends at once; its child, in a session of its own, ends later by os._exit.
import os
import time

read, write = os.pipe()
pid = os.fork()
if pid == 0:
    os.setsid()
    os.read(read, 1)  # until the parent has told
    time.sleep(0.2)
    print("the child is last", flush=True)
    os._exit(0)
print("the parent is first", flush=True)
os.write(write, b"x")
