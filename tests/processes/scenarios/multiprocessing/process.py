# Process under each start method: how it ends, by itself or not.
import multiprocessing
import os
import signal
import sys
import time


def returns(word):
    assert word == "word"
    return 5


def leaves(code):
    sys.exit(code)


def leaves_at_once(code):
    os._exit(code)


def fails(text):
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    raise ValueError(text)


def killed(number):
    os.kill(os.getpid(), number)
    print("never")  # not run


def waits(ready):
    ready.set(); time.sleep(30)
    print("never")  # not run


CASES = [
    (returns, "word"),
    (leaves, 7),
    (leaves, "text"),
    (leaves_at_once, 8),
    (fails, "text"),
    (killed, signal.SIGTERM),
    (killed, signal.SIGKILL),
]

if __name__ == "__main__":
    for method in ("fork", "spawn", "forkserver"):
        context = multiprocessing.get_context(method)
        processes = [context.Process(target=target, args=(value,)) for target, value in CASES]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        print(method, [process.exitcode for process in processes], flush=True)
        for stop in ("terminate", "kill"):
            ready = context.Event()
            process = context.Process(target=waits, args=(ready,))
            process.start()
            ready.wait()
            getattr(process, stop)()
            process.join()
            print(stop, process.exitcode, flush=True)
            process.close()
