"""Threads of every kind are measured, under every core."""

from __future__ import annotations

import pytest
from support.program import CORES, Program

PROGRAMS = {
    "threading": """
        import threading
        def work(n):
            total = 0
            for i in range(n):
                if i % 2:
                    total += i
            return total
        threads = [threading.Thread(target=work, args=(9,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        """,
    "a subclass of Thread": """
        from threading import Thread
        class Worker(Thread):
            def run(self):
                self.done = True
                helper(self)
        def helper(worker):
            if not worker.done:
                print("never")  # not run
        worker = Worker(daemon=True)
        worker.start()
        worker.join()
        """,
    "_thread": """
        import _thread, time
        done = _thread.allocate_lock()
        done.acquire()
        def work(first, second=0):
            if second:
                done.release()
            else:
                print("never")  # not run
        _thread.start_new_thread(work, (1,), {"second": 2})
        done.acquire()
        """,
    "imported early by name": """
        from _thread import start_new_thread as begin, allocate_lock
        done = allocate_lock()
        done.acquire()
        def work():
            done.release()
        begin(work, ())
        done.acquire()
        """,
    "a pool of threads": """
        from multiprocessing.pool import ThreadPool
        def work(n):
            if n == 2:
                return 0
            return n
        with ThreadPool(3) as pool:
            print(pool.map(work, range(5)))
        """,
    "ThreadPoolExecutor": """
        from concurrent.futures import ThreadPoolExecutor
        def work(n):
            return n + 1
        with ThreadPoolExecutor(2) as pool:
            print(list(pool.map(work, range(5))))
        """,
    "a timer": """
        import threading
        def work():
            print("rang")
        timer = threading.Timer(0.01, work)
        timer.start()
        timer.join()
        """,
    "threads of threads": """
        import threading
        def outer():
            thread = threading.Thread(target=inner)
            thread.start()
            thread.join()
        def inner():
            print("inside")
        thread = threading.Thread(target=outer)
        thread.start()
        thread.join()
        """,
    "asyncio in a thread": """
        import asyncio, threading
        async def work():
            await asyncio.sleep(0)
            return await asyncio.to_thread(deep)
        def deep():
            return 5
        thread = threading.Thread(target=lambda: print(asyncio.run(work())))
        thread.start()
        thread.join()
        """,
    "an exception in a thread": """
        import threading
        threading.excepthook = lambda what: print("hook", what.exc_value)
        def work():
            try:
                return 1 / 0
            finally:
                print("cleaning")
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        """,
    "a fork in a thread": """
        import os, sys, threading
        def child():
            print("in the child", flush=True)
            os._exit(0)
        def work():
            pid = os.fork()
            if pid == 0:
                child()
            os.waitpid(pid, 0)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        """,
    "a fork beside busy threads": """
        import os, threading
        stop = False
        def busy(n):
            while not stop:
                n += 1
        def child():
            print("in the child", flush=True)
            os._exit(0)
        threads = [threading.Thread(target=busy, args=(1,)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for _ in range(5):
            pid = os.fork()
            if pid == 0:
                child()
            assert os.waitpid(pid, 0)[1] == 0
        stop = True
        for thread in threads:
            thread.join()
        """,
    "a daemon at the end": """
        import threading, time
        begun = threading.Event()
        def work():
            begun.set()
            while True:
                time.sleep(0.001)
        threading.Thread(target=work, daemon=True).start()
        begun.wait()
        """,
    "a trace function of the program's own": """
        import sys, threading
        def work():
            return 1
        def trace(frame, event, arg):
            return None  # not run
        work()
        sys.settrace(trace)
        sys.settrace(None)
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        """,
}

EVERY_CORE = pytest.mark.parametrize("core", CORES)
# 3.12 and later say so when a process with threads forks.
QUIET = ["-W", "ignore"]


@EVERY_CORE
@pytest.mark.parametrize("name", PROGRAMS)
def test_threads_are_measured(name: str, core: str, program: Program) -> None:
    program.write("prog.py", PROGRAMS[name])
    if name.startswith("a trace function") and core != "sysmon":
        pytest.skip("who takes the trace function of a thread away has taken it")
    armed = program.run("--branch", "prog.py", flags=QUIET, env={"COVERAGE_CORE": core})
    assert armed == program.plain(*QUIET, "prog.py")
    assert program.missing() == program.marked("prog.py")
    assert program.left_behind() == []


@EVERY_CORE
def test_threads_that_run_the_same_code_at_the_same_time_lose_nothing(
    core: str, program: Program
) -> None:
    functions = "".join(
        f"""
def f{n}(x):
    if x % 2:
        x += 1
    else:
        x += 2
    return x
"""
        for n in range(60)
    )
    program.write("many.py", functions)
    program.write(
        "prog.py",
        """
        import many, random, sys, threading
        sys.setswitchinterval(1e-5)
        ready = threading.Barrier(8)
        def work(seed):
            order = [(n, x) for n in range(60) for x in (0, 1)]
            random.Random(seed).shuffle(order)
            ready.wait()
            for n, x in order:
                getattr(many, f"f{n}")(x)
        threads = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        """,
    )
    assert program.run("--branch", "prog.py", env={"COVERAGE_CORE": core}).code == 0
    found = program.report()["many.py"]
    assert found["missing_lines"] == []
    assert found["missing_branches"] == []
