# Daemon threads still run when the main program ends, and are stopped somewhere.
import threading
import time

going, waiting = threading.Event(), threading.Event()


def endless():
    count = 0
    while True:
        count += 1
        if count == 100:
            going.set()
        time.sleep(0)
    return count


def blocked():
    threading.Lock().acquire(); waiting.set(); threading.Event().wait()
    print("never")  # not run


threading.Thread(target=endless, daemon=True).start()
threading.Thread(target=blocked, daemon=True).start()
going.wait(), waiting.wait()
time.sleep(0.02)
print("the main thread ends")
