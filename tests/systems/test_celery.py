"""celery: a prefork pool whose queue, results and control messages are files.

package     3.11   3.12   3.13   3.14   3.15
celery      yes    yes    yes    yes    yes
"""

from __future__ import annotations

import json
import os
import signal

import pytest
from support.program import Program
from systems.service import Service, compare

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the prefork pool forks")

TASKS = """
import os
import signal
import time
from celery import Celery
from celery.signals import worker_process_init, worker_shutdown

app = Celery("tasks")
app.conf.update(
    broker_url="filesystem://",
    broker_transport_options={
        "data_folder_in": "queue",
        "data_folder_out": "queue",
        "control_folder": "control",
        "polling_interval": 0.05,
    },
    result_backend="file://results",
    broker_connection_retry_on_startup=True,
    worker_prefetch_multiplier=1,
    worker_lost_wait=0.3,
)

@worker_process_init.connect
def begin(**how):
    print("a child begins", flush=True)

@app.task
def add(x, y):
    if x is None:
        return "nothing"  # not run
    return x + y

@app.task
def divide(x, y):
    result = x / y
    return result  # not run
"""

SLOW = """
@worker_shutdown.connect
def end(**how):
    print("the worker ends", flush=True){mark}

@app.task
def slow():
    print("slow begins", flush=True)
    time.sleep({seconds})
    return "slow"{mark}
"""

# Each task ends the child process that runs it, but not before the parent knows that it has begun:
# billiard takes long to miss one that it has not heard of.
DEADLY = """
@app.task
def killed():
    time.sleep(0.3)
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"  # not run

@app.task
def crashes():
    time.sleep(0.3)
    os.kill(os.getpid(), signal.SIGSEGV)
    return "never"  # not run

@app.task
def exits():
    time.sleep(0.3)
    os._exit(3)
    return "never"  # not run

@app.task(time_limit=1)
def takes_too_long():
    time.sleep(60)
    return "never"  # not run
"""

# Sends tasks as any client does and prints what became of them. Messages are moved into the queue
# when they are complete, and results read again: kombu and celery may see files half written.
CLIENT = """
import json, os, sys
import tasks

def result(sent):
    while True:
        try:
            return sent.get(timeout=30, propagate=False, interval=0.05)
        except ValueError:
            pass

tasks.app.conf.broker_transport_options["data_folder_out"] = "outbox"
sent = [tasks.app.send_task("tasks." + name, words) for name, *words in json.loads(sys.argv[1])]
for name in os.listdir("outbox"):
    os.replace(f"outbox/{name}", f"queue/{name}")
if "wait" in sys.argv:
    results = map(result, sent)
    print(json.dumps([found if isinstance(found, int) else repr(found) for found in results]))
"""

WORKER = ["-m", "celery", "-A", "tasks", "worker", "--pool", "prefork", "--loglevel", "INFO"]
QUIET = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
COMMAND = [*WORKER, "--concurrency", "2", *QUIET]


def write(program: Program, more: str = "") -> None:
    program.write("tasks.py", TASKS + more)
    for name in ("queue", "outbox", "control", "results"):
        (program.root / name).mkdir()


def send(worker: Service, *tasks: list[object]) -> None:
    """Put tasks into the queue, from a process that is not measured."""
    done = worker.program.plain("-c", CLIENT, json.dumps(tasks))
    assert done.code == 0, done


def ask(worker: Service, *tasks: list[object]) -> list[object]:
    """The results of these tasks."""
    done = worker.program.plain("-c", CLIENT, json.dumps(tasks), "wait")
    assert done.code == 0, done
    results: list[object] = json.loads(done.out)
    return results


def test_a_warm_shutdown_waits_for_the_tasks_that_run(program: Program) -> None:
    write(program, SLOW.format(seconds=1, mark=""))

    def use(worker: Service) -> object:
        worker.wait_for("celery@.* ready")
        results = ask(worker, ["add", 1, 2], ["divide", 1, 0], ["add", 3, 4])
        send(worker, ["slow"])
        worker.wait_for("slow begins")
        worker.send(signal.SIGTERM)
        code = worker.ended()
        worker.wait_for("the worker ends")
        worker.wait_for(r"Task tasks.slow\S* succeeded")
        return results, code

    compare(program, COMMAND, use, files=["tasks.py"])


def test_a_cold_shutdown_leaves_them_in_the_middle(program: Program) -> None:
    write(program, SLOW.format(seconds=60, mark="  # not run"))

    def use(worker: Service) -> object:
        worker.wait_for("celery@.* ready")
        results = ask(worker, ["add", 1, 2], ["divide", 1, 0], ["add", 3, 4])
        send(worker, ["slow"])
        worker.wait_for("slow begins")
        worker.send(signal.SIGQUIT)
        return results, worker.ended()

    compare(program, COMMAND, use, files=["tasks.py"])


def test_children_that_a_task_ends_are_replaced(program: Program) -> None:
    write(program, DEADLY)

    def use(worker: Service) -> object:
        worker.wait_for("celery@.* ready")
        names = ("killed", "crashes", "exits", "takes_too_long")
        results = [ask(worker, [name])[0] for name in names]
        results += ask(worker, ["add", 1, 2], ["divide", 1, 0], ["add", 3, 4])
        worker.send(signal.SIGTERM)
        return results, worker.ended()

    compare(program, COMMAND, use, files=["tasks.py"])
