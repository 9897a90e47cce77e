# fork and exec, as every server's code has it; and a fork that fails to exec.
import os
import sys

pid = os.fork()
if pid == 0:
    os.execv(sys.executable, [sys.executable, "other.py", "word"])
    print("never")  # not run
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
pid = os.fork()
if pid == 0:
    try:
        os.execv("no such program", ["no such program"])
    except OSError as problem:
        print(problem.strerror, flush=True)
        os._exit(127)
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
