# The middle process is killed; its child goes on and ends later.
import os
import signal
import sys

read, write = os.pipe()
middle = os.fork()
if middle == 0:
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        while os.getppid() == parent:
            signal.sigtimedwait((), 0.01)  # either
        os.write(write, b"orphan")
        sys.exit()
    os.kill(os.getpid(), signal.SIGKILL)
    print("never")  # not run
os.close(write)
print(os.waitstatus_to_exitcode(os.waitpid(middle, 0)[1]))
print(os.read(read, 100))
print(os.read(read, 100))
