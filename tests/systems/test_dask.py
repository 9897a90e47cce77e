"""dask.distributed: a local cluster of nannies and spawned workers, of which one is killed.

package        3.11   3.12   3.13   3.14   3.15
distributed    yes    yes    yes    yes    no: it needs PyYAML, which has no wheel there
"""

from __future__ import annotations

import sys

import pytest
from support.program import Program
from systems.service import compare_runs

pytestmark = pytest.mark.skipif(sys.version_info >= (3, 15), reason="see the table above")

WORK = """
import os
import signal

def square(n):
    if n < 0:
        return "negative"  # not run
    return n * n

def die():
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"  # not run

def total(numbers):
    result = 0
    for number in numbers:
        result += number
    return result
"""

PROG = """
import logging
import os
import dask
import work
from distributed import Client, KilledWorker, LocalCluster

def main():
    dask.config.set({"distributed.scheduler.allowed-failures": 0})
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    cluster = LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=logging.CRITICAL
    )
    with cluster, Client(cluster) as client:
        squares = client.map(work.square, range(6))
        print(client.submit(work.total, squares).result())
        print(client.submit(os.getpid).result() == os.getpid())
        try:
            client.submit(work.die).result()
            print("never")  # not run
        except KilledWorker:
            print("a worker is killed")
        client.wait_for_workers(2, timeout=20)
        print(client.gather(client.map(work.square, range(10, 14))))
    print("over")

if __name__ == "__main__":
    main()
"""


def test_workers_are_measured_although_one_is_killed(program: Program) -> None:
    program.write("work.py", WORK)
    program.write("prog.py", PROG)
    compare_runs(program, ["prog.py"], files=["prog.py", "work.py"])
