"""gunicorn: a master that forks workers, ends them when they hang and replaces them on request.

package     3.11   3.12   3.13   3.14   3.15
gunicorn    yes    yes    yes    yes    yes
"""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.program import Program
from systems.service import Service, check, compare, serving

pytestmark = pytest.mark.skipif(os.name == "nt", reason="gunicorn forks")

APP = """
import os
import signal
import threading
import time
from pages import PAGES, page

print("app is loaded", flush=True)

@page("/hello")
def hello():
    if "COV_NEVER" in os.environ:
        return "never"  # not run
    return "hello"

def application(environ, start_response):
    function = PAGES.get(environ["PATH_INFO"])
    if function is None:
        start_response("404 Not Found", [("Content-Type", "text/plain")])
        return [b"no such page"]
    text = function()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [text.encode()]
"""

PAGES = """
PAGES = {}

def page(path):
    def keep(function):
        PAGES[path] = function
        return function
    return keep

def unused():
    return PAGES.clear()  # not run
"""

SLOW = """
@page("/slow")
def slow():
    with open("slow-has-begun", "w"):
        time.sleep(0.7)
    return "slow"
"""

# Each ends the worker that it is asked of, in the middle of the page.
ENDS = {
    "hangs": """
        print("hangs", flush=True)
        time.sleep(60)
        return "never"  # not run
    """,
    "hangs and takes no hint": """
        signal.signal(signal.SIGABRT, signal.SIG_IGN)
        print("hangs", flush=True)
        time.sleep(60)
        return "never"  # not run
    """,
    "is killed": """
        os.kill(os.getpid(), signal.SIGKILL)
        return "never"  # not run
    """,
    "exits": """
        os._exit(7)
        return "never"  # not run
    """,
    "crashes": """
        os.kill(os.getpid(), signal.SIGSEGV)
        return "never"  # not run
    """,
}

# The file that gunicorn reads by itself: every hook runs in another moment of a process's life.
HOOKS = """
def when_ready(server):
    print("all is ready", flush=True)

def post_fork(server, worker):
    worker.mark = worker.age

def worker_exit(server, worker):
    mark = worker.mark

def child_exit(server, worker):
    gone = worker.pid

def on_exit(server):
    print("all is over", flush=True)
"""


def write(program: Program, more: str = "") -> list[str]:
    """Write the application; the names of its files."""
    program.write("app.py", APP + more)
    program.write("pages.py", PAGES)
    program.write("gunicorn.conf.py", HOOKS)
    return ["app.py", "gunicorn.conf.py", "pages.py"]


def command(*options: str, workers: int = 2) -> list[str]:
    address = ["--bind", "127.0.0.1:{port}", "--workers", str(workers)]
    return ["-m", "gunicorn", *address, *options, "app"]


KINDS = {
    "sync": ["--worker-class", "sync"],
    "gthread": ["--worker-class", "gthread", "--threads", "3"],
    "preloaded": ["--preload"],
}


@pytest.mark.parametrize("kind", KINDS)
def test_workers_that_stop_gracefully_finish_what_they_are_at(kind: str, program: Program) -> None:
    files = write(program, SLOW)

    def use(server: Service) -> object:
        server.wait_for("all is ready")
        pages = [server.wait_for_page(path) for path in ("/hello", "/none", "/hello")]
        with ThreadPoolExecutor(1) as client:
            slow = client.submit(server.get, "/slow")
            server.until((server.root / "slow-has-begun").exists, "slow page")
            server.send(signal.SIGTERM)
            pages.append(slow.result())
        (server.root / "slow-has-begun").unlink()
        return pages, server.ended(), "all is over" in server.log()

    compare(program, command(*KINDS[kind]), use, files=files)


def test_int_stops_the_workers_at_once(program: Program) -> None:
    files = write(program)

    def use(server: Service) -> object:
        page = server.wait_for_page("/hello"), server.get("/none")
        server.press_control_c()
        return page, server.ended()

    compare(program, command(), use, files=files)


@pytest.mark.parametrize("how", ENDS)
def test_a_worker_that_ends_in_a_page_is_replaced(how: str, program: Program) -> None:
    files = write(program, f'\n@page("/end")\ndef end():{ENDS[how].rstrip()}\n')

    def use(server: Service) -> object:
        pages = [server.wait_for_page("/hello"), server.get("/end")]
        server.wait_for("app is loaded", times=2)  # by the next worker
        pages += [server.wait_for_page("/hello"), server.get("/none")]
        server.send(signal.SIGTERM)
        return pages, server.ended()

    compare(program, command("--timeout", "2", workers=1), use, files=files)


def test_workers_that_have_served_enough_are_replaced(program: Program) -> None:
    files = write(program)

    def use(server: Service) -> object:
        pages = []
        for worker in range(3):
            server.wait_for("app is loaded", times=worker + 1)
            pages += [server.wait_for_page("/hello"), server.get("/none")]
        server.wait_for("app is loaded", times=4)
        server.send(signal.SIGTERM)
        return pages, server.ended()

    compare(program, command("--max-requests", "2", workers=1), use, files=files)


GENERATIONS = """
@page("/generation")
def generation():
    if os.path.exists("second"):
        return "second"
    return "first"
"""


def test_hup_replaces_the_workers_and_both_generations_count(program: Program) -> None:
    files = write(program, GENERATIONS)

    def use(server: Service) -> object:
        pages = [server.wait_for_page("/generation"), server.get("/none")]
        server.wait_for("app is loaded", times=2)
        (server.root / "second").touch()
        server.send(signal.SIGHUP)
        server.wait_for("app is loaded", times=4)
        pages += [server.wait_for_page("/generation"), server.get("/hello")]
        (server.root / "second").unlink()
        server.send(signal.SIGTERM)
        return pages, server.ended()

    compare(program, command(), use, files=files)


def test_usr2_executes_a_new_master_that_outlives_the_old_one(program: Program) -> None:
    files = write(program, GENERATIONS)

    def use(server: Service) -> object:
        pages = [server.wait_for_page("/generation"), server.get("/none")]
        (server.root / "second").touch()
        server.send(signal.SIGUSR2)
        server.wait_for("app is loaded", times=2)  # by the new master's worker
        new = int((server.root / "gunicorn.pid.2").read_text())
        server.send(signal.SIGTERM)
        code = server.exited()
        pages += [server.get("/generation"), server.get("/hello")]
        (server.root / "second").unlink()
        server.send(signal.SIGTERM, new)
        return pages, code, server.ended()

    compare(program, command("--pid", "gunicorn.pid", workers=1), use, files=files)


def test_workers_whose_master_is_killed_are_measured_to_their_own_end(program: Program) -> None:
    hooks = HOOKS.replace('print("all is over", flush=True)', "pass  # not run")
    files = write(program)
    program.write("gunicorn.conf.py", hooks.replace("gone = worker.pid", "pass  # not run"))

    def use(server: Service) -> object:
        server.wait_for("app is loaded", times=2)
        pages = [server.wait_for_page("/hello"), server.get("/none")]
        server.send(signal.SIGKILL)
        return pages, server.ended()

    compare(program, command("--timeout", "2"), use, files=files)


def test_a_report_is_made_while_the_server_runs(program: Program) -> None:
    files = write(program, SLOW)
    with serving(program, command(), measured=True) as server:
        server.wait_for("app is loaded", times=2)
        server.wait_for_page("/hello")
        before = program.missing()
        pages = [server.get("/none"), server.get("/slow")]
        server.send(signal.SIGTERM)
        code = server.ended()
    assert pages == [(404, "no such page"), (200, "slow")]
    assert code == 0
    check(program, files)
    # Until then: the page that nobody had asked for, and the one that does not exist.
    lines = (program.root / "app.py").read_text().splitlines()
    unasked = ("no such page", "404", "slow-has-begun", "sleep", '"slow"', "never")
    asked_later = [n for n, line in enumerate(lines, 1) if any(word in line for word in unasked)]
    assert set(before["app.py"]) <= set(asked_later)
    assert len(before["app.py"]) == 6
