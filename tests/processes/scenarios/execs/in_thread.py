# A thread replaces the program, while others run.
import os
import sys
import threading
import time


def busy():
    while True:
        time.sleep(0.001); going.set()


def replaces():
    os.execv(sys.executable, [sys.executable, __file__, "second"])
    print("never")  # not run


if len(sys.argv) > 1:
    print("second", threading.active_count())
    sys.exit(3)
going = threading.Event()
threading.Thread(target=busy, daemon=True).start()
going.wait()
print("first", flush=True)
thread = threading.Thread(target=replaces)
thread.start(), thread.join()
print("never")  # not run
