# Pools that are closed and joined, with initializers, and workers that are replaced.
import multiprocessing
import os

state = {}


def initialize(value):
    state["value"] = value


def add(number):
    if number == 3:
        return 100
    return number + state["value"]


def fails(number):
    raise LookupError(number)


def recycled(number):
    return os.getpid(), number * 2


if __name__ == "__main__":
    for method in ("fork", "spawn", "forkserver"):
        context = multiprocessing.get_context(method)
        pool = context.Pool(2, initialize, (10,))
        print(pool.map(add, range(5)), flush=True)
        try:
            pool.apply(fails, (1,))
            print("never")  # not run
        except LookupError as problem:
            print(repr(problem), flush=True)
        pool.close()
        pool.join()
    with multiprocessing.get_context("fork").Pool(2, maxtasksperchild=1) as pool:
        results = pool.map(recycled, range(6), chunksize=1)
    print(sorted(number for _, number in results), len({pid for pid, _ in results}) > 2)
