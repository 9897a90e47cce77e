# Spawned processes through a script in place of the interpreter; a preloaded fork server.
import multiprocessing
import os
import sys

import beside

if __name__ == "__main__":
    with open("wrapper", "w") as file:
        file.write(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    os.chmod("wrapper", 0o755)
    context = multiprocessing.get_context("spawn")
    multiprocessing.set_executable(os.path.abspath("wrapper"))
    process = context.Process(target=beside.work, args=("wrapper",))
    process.start()
    process.join()
    print(process.exitcode, flush=True)
    multiprocessing.set_executable(sys.executable)
    multiprocessing.set_forkserver_preload(["beside"])
    context = multiprocessing.get_context("forkserver")
    for _ in range(2):
        process = context.Process(target=beside.work, args=("server",))
        process.start()
        process.join()
        print(process.exitcode, flush=True)
