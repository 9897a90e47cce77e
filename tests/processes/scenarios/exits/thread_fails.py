# Exceptions that end threads are told by threading.excepthook and _thread.
import _thread
import sys
import threading
import time

done = []


def fail(what):
    if what:
        raise ValueError(what)
    print("never")  # not run


def raw():
    done.append(1)
    raise ValueError("raw")


def hook(unraisable):
    print("hook", unraisable.exc_value)
    done.append(2)


thread = threading.Thread(target=fail, args=("one",), name="first")
thread.start()
thread.join()
threading.excepthook = lambda arguments: print("my hook:", arguments.exc_value)
thread = threading.Thread(target=fail, args=("two",))
thread.start()
thread.join()
sys.unraisablehook = hook
_thread.start_new_thread(raw, ())
while len(done) < 2:
    time.sleep(0.01)  # either
print(done)
