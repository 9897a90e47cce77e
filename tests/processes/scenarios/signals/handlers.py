# A program's own handlers run as ever, are what getsignal says, and decide how it ends.
# send: USR1 TERM
import os
import signal
import sys
import time

seen = []


def note(number, frame):
    seen.append(number)
    os.write(1, f"noted {signal.Signals(number).name} {frame.f_code.co_name}\n".encode())


def leave(number, frame):
    os.write(1, b"leaves\n")
    sys.exit(len(seen))
    print("never")  # not run


def wait():
    for step in range(9):
        time.sleep(9 if step > 1 else 0)
        if step == 1:
            os.write(1, b"ready\n")
    print("never")  # not run


for name in ("SIGTERM", "SIGINT", "SIGHUP", "SIGUSR1", "SIGCHLD", "SIGALRM", "SIGSEGV"):
    before = signal.getsignal(getattr(signal, name))
    print(name, getattr(before, "__name__", before), file=sys.stderr)
signal.signal(signal.SIGUSR1, note)
signal.signal(signal.SIGTERM, leave)
try:
    wait()
finally:
    print("cleaned up")
