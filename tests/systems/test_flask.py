"""Flask's development server: a child that ends, and is started again, when a file has changed.

package    3.11   3.12   3.13   3.14   3.15
flask      yes    yes    yes    yes    yes
"""

from __future__ import annotations

from support.program import Program
from systems.service import Service, compare

APP = """
import os
import words
from flask import Flask

app = Flask(__name__)
print("app is loaded", flush=True)
GENERATION = words.generation()

@app.route("/hello/<name>")
def hello(name):
    if name == "nobody":
        return "nobody"  # not run
    return f"hello {name}"

@app.route("/generation")
def generation():
    if GENERATION == 1:
        return "the first"
    return "the second"

@app.route("/fails")
def fails():
    raise ValueError("fails")

@app.route("/unused")
def unused():
    return "unused"  # not run
"""

WORDS = """
import os

def generation():
    if os.path.exists("second"):
        return 2
    return 1
"""

COMMAND = ["-m", "flask", "run", "--debug", "--port", "{port}"]


def use(server: Service) -> object:
    pages = [server.wait_for_page("/generation")]
    pages += [server.get("/hello/you"), server.get("/none"), (server.get("/fails")[0], "a page")]
    (server.root / "second").touch()
    server.change("words.py", "Detected change")
    pages += [server.wait_for_page("/generation", (200, "the second")), server.get("/hello/me")]
    server.press_control_c()
    return pages, server.ended()


def test_both_generations_are_measured(program: Program) -> None:
    program.write("app.py", APP)
    program.write("words.py", WORDS)
    compare(program, COMMAND, use, files=["app.py", "words.py"])
