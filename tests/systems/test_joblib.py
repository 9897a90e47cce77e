"""joblib: loky's executor, which starts its workers with a fork and exec of its own.

package    3.11   3.12   3.13   3.14   3.15
joblib     yes    yes    yes    yes    yes
"""

from __future__ import annotations

import os

import pytest
from support.program import Program
from systems.service import compare_runs

pytestmark = pytest.mark.skipif(os.name == "nt", reason="fork and signals")

WORK = """
import os
import sys

def square(n):
    if n < 0:
        return "negative"  # not run
    return n * n

def where():
    return os.getpid()

def die(n, how):
    if n != 3:
        return n
    if how == "killed":
        os.kill(os.getpid(), 9)
        print("never")  # not run
    if how == "exits":
        os._exit(3)
        print("never")  # not run
    raise ValueError(how)

def unused():
    return 1  # not run
"""

SPREADS = """
import os
from joblib import Parallel, delayed, parallel_config
import work

def attempt(how):
    try:
        print(Parallel(n_jobs=2)(delayed(work.die)(n, how) for n in range(6)))
        print("never")  # not run
    except BaseException as problem:
        print(type(problem).__name__, flush=True)

if __name__ == "__main__":
    print(Parallel(n_jobs=2)(delayed(work.square)(n) for n in range(9)))
    there = Parallel(n_jobs=2)(delayed(work.where)() for n in range(4))
    print(os.getpid() in there)
    attempt("killed")
    attempt("exits")
    attempt("raises")
    for backend in ("multiprocessing", "threading"):
        with parallel_config(backend=backend, n_jobs=2):
            print(Parallel()(delayed(work.square)(n) for n in range(9)))
"""

# A function that travels by value: its lines run in a worker that never loads the file.
INLINE = """
import os
from joblib.externals.loky import get_reusable_executor

def half(n):
    if n % 2:
        return None
    return n // 2

def begin(word):
    os.environ["BEGUN"] = word

def has_begun():
    return os.environ["BEGUN"]

executor = get_reusable_executor(max_workers=2, initializer=begin, initargs=("so",))
print(list(executor.map(half, range(6))))
print(executor.submit(has_begun).result())
executor.shutdown(wait=True, kill_workers=True)
print("over")
"""


def test_workers_are_measured_whatever_ends_them(program: Program) -> None:
    program.write("work.py", WORK)
    program.write("prog.py", SPREADS)
    compare_runs(program, ["prog.py"], files=["prog.py", "work.py"])


def test_functions_that_are_sent_by_value_are_measured(program: Program) -> None:
    program.write("prog.py", INLINE)
    compare_runs(program, ["prog.py"], files=["prog.py"])
