# Threads that the interpreter waits for when the main program has ended.
import threading
import time


def slow():
    main.join()
    time.sleep(0.02)
    print("later", flush=True)
    another = threading.Thread(target=last)
    try:
        another.start()
        another.join()  # either
    except RuntimeError:  # either
        last()  # either


def last():
    print("last", flush=True)


main = threading.main_thread()
threading.Thread(target=slow).start()
print("the main thread ends", flush=True)
raise SystemExit(3)
