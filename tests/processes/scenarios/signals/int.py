# SIGINT from outside becomes KeyboardInterrupt, which nobody handles.
# send: INT
import itertools
import sys
import time

sys.tracebacklimit = 0


def work():
    try:
        for step in itertools.count():
            time.sleep(9 if step > 1 else 0)
            if step == 1:
                print("ready", flush=True)
    finally:
        print("cleaned up")


work()
