# Pools that are terminated by `with`, by hand, by forgetting; workers that are killed at work.
import multiprocessing
import os
import signal
import time


def slow(number):
    if number % 2:
        time.sleep(0.01)
    return number


def endless(ready):
    ready.set(); time.sleep(30)
    return "never"  # not run


def dies(number):
    os.kill(os.getpid(), signal.SIGKILL)
    return number  # not run


if __name__ == "__main__":
    for method in ("fork", "spawn"):
        context = multiprocessing.get_context(method)
        with context.Pool(2) as pool:
            print(sum(pool.imap_unordered(slow, range(8))), flush=True)
        with multiprocessing.Manager() as manager:
            ready = manager.Event()
            pool = context.Pool(1)
            pool.apply_async(endless, (ready,))
            ready.wait()
            pool.terminate()
            pool.join()
    pool = multiprocessing.get_context("fork").Pool(1)
    pool.apply_async(dies, (1,))
    time.sleep(0.3)
    print(pool.apply(slow, (4,)))
    pool.terminate()
    pool.join()
