# A wake-up descriptor and system calls that are interrupted.
import os
import select
import signal
import socket

ours, theirs = socket.socketpair()
theirs.setblocking(False)
signal.set_wakeup_fd(theirs.fileno())
handled = []


def handler(number, frame):
    handled.append(number)


signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.02, 0.02)
while len(handled) < 3:
    ready, _, _ = select.select([ours], [], [], 5)
    if not ready:
        print("never")  # not run
    os.read(ours.fileno(), 1)
signal.setitimer(signal.ITIMER_REAL, 0)
print(set(handled) == {signal.SIGALRM})
