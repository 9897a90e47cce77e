# SIGTERM from outside, with its default action.
# send: TERM
import itertools
import time


def work():
    try:
        for step in itertools.count():
            time.sleep(9 if step > 1 else 0)
            if step == 1:
                print("ready", flush=True)
    finally:
        print("never")  # not run


work()
