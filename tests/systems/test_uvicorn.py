"""uvicorn: a supervisor that spawns workers, watches over them, and a server that reloads itself.

package    3.11   3.12   3.13   3.14   3.15
uvicorn    yes    yes    yes    yes    yes
"""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.program import Program
from systems.service import Service, compare

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals")

APP = """
import asyncio
import os
import signal
from concurrent.futures import ThreadPoolExecutor

print("app is loaded", flush=True)

async def body(path):
    if path == "/hello":
        await asyncio.sleep(0)
        return "hello"
    if path == "/generation":
        if os.path.exists("second"):
            return "the second"
        return "the first"
    if path == "/slow":
        with open("slow-has-begun", "w"):
            await asyncio.sleep(0.7)
        return "slow"
    if path == "/thread":
        return await asyncio.to_thread(in_thread)
    os.kill(os.getpid(), signal.SIGKILL)
    return "never"  # not run

def in_thread():
    return "in a thread"

async def app(scope, receive, send):
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
        return
    text = await body(scope["path"])
    head = [(b"content-type", b"text/plain"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": text.encode()})

async def lifespan(receive, send):
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        else:
            print("worker ends", flush=True)
            await send({"type": "lifespan.shutdown.complete"})
            return
"""

COMMAND = ["-m", "uvicorn", "--port", "{port}", "app:app"]


def use_workers(server: Service) -> object:
    server.wait_for("Application startup complete", times=2)
    paths = ("/hello", "/generation", "/thread", "/kill")
    pages = [server.get(path) for path in paths]
    server.wait_for("Application startup complete", times=3)
    (server.root / "second").touch()
    server.send(signal.SIGHUP)
    server.wait_for("Application startup complete", times=5)
    pages += [server.wait_for_page("/generation")]
    with ThreadPoolExecutor(1) as client:
        slow = client.submit(server.get, "/slow")
        server.until((server.root / "slow-has-begun").exists, "slow page")
        server.send(signal.SIGTERM)
        pages.append(slow.result())
    return pages, server.ended()


def test_workers_that_are_killed_replaced_and_stopped_are_measured(program: Program) -> None:
    program.write("app.py", APP)
    compare(program, [*COMMAND, "--workers", "2"], use_workers, files=["app.py"])


def use_reloader(server: Service) -> object:
    pages = [server.wait_for_page(path) for path in ("/hello", "/generation", "/thread")]
    (server.root / "second").touch()
    server.change("app.py", "Reloading")
    server.wait_for("Application startup complete", times=2)
    pages += [server.get("/generation"), server.get("/slow")]
    server.press_control_c()
    return pages, server.ended()


def test_both_generations_of_a_reload_are_measured(program: Program) -> None:
    # Nobody asks for the page that kills.
    text = APP.replace("os.getpid(), signal.SIGKILL)", "os.getpid(), signal.SIGKILL)  # not run")
    program.write("app.py", text)
    compare(program, [*COMMAND, "--reload"], use_reloader, files=["app.py"])
