# SIGKILL from outside, while the program is busy.
# send: KILL
import itertools


def busy():
    for number in itertools.count():
        if number == 1000:
            print("ready", flush=True)
        if number < 0:
            return number  # not run


busy()
print("never")  # not run
