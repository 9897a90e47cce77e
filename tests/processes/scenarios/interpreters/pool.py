# InterpreterPoolExecutor, each worker with an interpreter and a lock of its own.
# python: >=3.14
import concurrent.futures
import os
import sys

with open("inside.py", "w") as file:
    file.write(
        "def work(n):\n    total = 0\n    for i in range(n):\n        total += i\n"
        "    if n == 7:\n        raise ValueError(n)\n"
        "    if n == 99:\n        return None  # not " + "run\n"
        "    return total\n\n\n"
        "def prepare(path):\n    import sys\n    sys.path.insert(0, path)\n"
    )
sys.path.insert(0, os.getcwd())
import inside

with concurrent.futures.InterpreterPoolExecutor(2, initializer=print) as pool:
    results = [pool.submit(inside.work, n) for n in range(5)]
    print([result.result() for result in results])
    print(repr(pool.submit(inside.work, 7).exception()))
print(inside.prepare(os.getcwd()))
