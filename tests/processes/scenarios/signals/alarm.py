# SIGALRM: with a handler it interrupts a sleep, without one it kills.
import signal
import time


class TimeOut(Exception):
    pass


def handler(number, frame):
    raise TimeOut(signal.Signals(number).name)


signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.05)
try:
    time.sleep(9)
    print("never")  # not run
except TimeOut as problem:
    print("timed out:", problem, flush=True)
signal.signal(signal.SIGALRM, signal.SIG_DFL)
signal.setitimer(signal.ITIMER_REAL, 0.05)
time.sleep(9)
print("never")  # not run
