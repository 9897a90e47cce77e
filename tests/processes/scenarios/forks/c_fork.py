# fork in the C library: Python is not told, pthread_atfork is.
# platform: linux
import ctypes
import os

libc = ctypes.PyDLL(None)


def child(n):
    total = 0
    for i in range(n):
        total += i
    print("child", total, flush=True)
    os._exit(8)


pid = libc.fork()
if pid == 0:
    child(4)
    print("never")  # not run
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
pid = libc.fork()
if pid == 0:
    print("and on to the end", flush=True)
else:
    os.waitpid(pid, 0)
    print("ended")
