# ProcessPoolExecutor: results, exceptions, initializers, workers that are replaced.
import concurrent.futures
import multiprocessing

state = []


def initialize(value):
    state.append(value)


def work(number):
    if number == 2:
        raise ValueError("two")
    return number + state[0]


def nested(number):
    with concurrent.futures.ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(inner, number).result()


def inner(number):
    return -number


if __name__ == "__main__":
    for method in ("fork", "spawn", "forkserver"):
        context = multiprocessing.get_context(method)
        with concurrent.futures.ProcessPoolExecutor(2, context, initialize, (10,)) as pool:
            futures = [pool.submit(work, number) for number in range(4)]
            concurrent.futures.wait(futures)
            print([future.exception() or future.result() for future in futures], flush=True)
    context = multiprocessing.get_context("spawn")
    how = {"mp_context": context, "max_tasks_per_child": 1}
    with concurrent.futures.ProcessPoolExecutor(1, **how) as pool:
        print(list(pool.map(nested, range(2))))
