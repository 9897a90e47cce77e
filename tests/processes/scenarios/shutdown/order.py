# The order of the end: threads are joined, atexit functions run, modules die.
import atexit
import sys
import threading


class Last:
    def __del__(self):
        print("module dies")


def slow():
    main.join()
    print("thread joined")


def first():
    print("atexit")
    atexit.register(second)


def second():
    print("registered late")  # not run


last = Last()
main = threading.main_thread()
atexit.register(first)
threading.Thread(target=slow).start()
sys.stdout.reconfigure(line_buffering=True)
print("main ends")
raise SystemExit(5)
