# Threads used in atexit functions, and functions that threading itself calls at the end.
import atexit
import threading


def early():
    print("before threads are joined")


def work():
    print("a thread of an early function")


def early_thread():
    thread = threading.Thread(target=work)
    try:
        thread.start()
        thread.join()  # either
    except RuntimeError:  # either
        work()  # either


@atexit.register
def last():
    print("atexit", threading.active_count())


def waits():
    stop.wait()
    print("stopped")


def stops():
    stop.set()
    waiting.join()


stop = threading.Event()
threading._register_atexit(early_thread)
threading._register_atexit(early)
threading._register_atexit(stops)
waiting = threading.Thread(target=waits)
waiting.start()
print("done")
