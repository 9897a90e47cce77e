# A thread forks; the child has that thread only, and runs it to its end.
import os
import threading
import warnings

warnings.simplefilter("ignore", DeprecationWarning)  # of forking with threads around
go_on = threading.Event()


def forks():
    pid = os.fork()
    if pid == 0:
        print("the child has", threading.active_count(), flush=True)
        inner = threading.Thread(target=inside)
        inner.start()
        inner.join()
        os._exit(4)
    print("ended with", os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


def inside():
    print("a thread of the child", flush=True)


def waits():
    go_on.wait()
    print("not in the child")


waiting = threading.Thread(target=waits)
waiting.start()
forking = threading.Thread(target=forks)
forking.start()
forking.join()
go_on.set()
waiting.join()
