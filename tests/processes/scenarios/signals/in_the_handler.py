# A child is forked, another started, and the process killed, all inside signal handlers.
import os
import signal
import subprocess
import sys


def forks(number, frame):
    pid = os.fork()
    if pid == 0:
        print("child", flush=True)
        os._exit(3)
    print("parent", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
    signal.raise_signal(signal.SIGUSR2)


def starts(number, frame):
    subprocess.run([sys.executable, __file__, "started"])
    os.kill(os.getpid(), signal.SIGKILL)
    print("never")  # not run


if len(sys.argv) > 1:
    print("started", flush=True)
    sys.exit()
signal.signal(signal.SIGUSR1, forks)
signal.signal(signal.SIGUSR2, starts)
signal.raise_signal(signal.SIGUSR1)
print("never")  # not run
