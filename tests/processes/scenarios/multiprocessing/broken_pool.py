# Pools that break: a worker dies, an initializer fails, the pool is shut down with work left.
import concurrent.futures
import multiprocessing
import os
import signal
import sys
import time


def dies(how):
    if how == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif how == "exit":
        os._exit(3)
    sys.exit(4)


def fails():
    os.close(2)
    raise OSError("not today")


def waits(number):
    time.sleep(0.02)
    return number


if __name__ == "__main__":
    for method in ("fork", "spawn"):
        context = multiprocessing.get_context(method)
        for how in ("kill", "exit"):
            with concurrent.futures.ProcessPoolExecutor(1, context) as pool:
                print(type(pool.submit(dies, how).exception()).__name__, flush=True)
        with concurrent.futures.ProcessPoolExecutor(1, context) as pool:
            print(type(pool.submit(dies, "sys").exception()).__name__, flush=True)
        with concurrent.futures.ProcessPoolExecutor(1, context, fails) as pool:
            print(type(pool.submit(waits, 1).exception()).__name__, flush=True)
        pool = concurrent.futures.ProcessPoolExecutor(1, context)
        futures = [pool.submit(waits, number) for number in range(20)]
        print(futures[0].result())
        pool.shutdown(cancel_futures=True)
        print(futures[-1].cancelled())
