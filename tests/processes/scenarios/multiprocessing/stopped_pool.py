# An executor whose workers are terminated or killed while they work.
# python: >=3.14
import concurrent.futures
import multiprocessing
import time


def waits(path):
    open(path, "w").close(); time.sleep(30)
    return "never"  # not run


if __name__ == "__main__":
    import os

    for stop in ("terminate_workers", "kill_workers"):
        context = multiprocessing.get_context("spawn")
        pool = concurrent.futures.ProcessPoolExecutor(1, context)
        future = pool.submit(waits, stop)
        while not os.path.exists(stop):
            time.sleep(0.01)  # either
        getattr(pool, stop)()
        print(type(future.exception()).__name__)
