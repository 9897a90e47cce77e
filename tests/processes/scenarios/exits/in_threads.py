# SystemExit ends the thread that raises it, in silence; os._exit in a thread ends them all.
import _thread
import os
import sys
import threading


def leaves(value):
    print("leaves with", value, flush=True)
    sys.exit(value)
    print("never")  # not run


def ends_all():
    print("the end", flush=True)
    os._exit(9)
    print("never")  # not run


for value in (0, 7, "text"):
    thread = threading.Thread(target=leaves, args=(value,))
    thread.start()
    thread.join()
thread = threading.Thread(target=_thread.exit)
thread.start()
thread.join()
thread = threading.Thread(target=ends_all)
thread.start(), thread.join()
print("never")  # not run
