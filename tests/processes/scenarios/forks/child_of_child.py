# Forks of forks of forks; each goes on in the same loop, and ends in its own way.
import os
import signal
import sys


def end(depth):
    if depth == 1:
        sys.exit(11)
    if depth == 2:
        os._exit(12)
    os.kill(os.getpid(), signal.SIGKILL)
    print("never")  # not run


depth = 0
while depth < 3:
    pid = os.fork()
    if pid:
        _, status = os.waitpid(pid, 0)
        print("child of", depth, "ended with", os.waitstatus_to_exitcode(status), flush=True)
        break
    depth += 1
else:
    print("the innermost", flush=True)
if depth:
    end(depth)
print("the outermost")
