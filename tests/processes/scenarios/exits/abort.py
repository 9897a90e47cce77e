# os.abort: no clean-up, a signal.
import atexit
import os


def last():
    print("never")  # not run


atexit.register(last)
for attempt in range(2):
    if attempt:
        os.abort()
    print("attempt", attempt, flush=True)
print("never")  # not run
