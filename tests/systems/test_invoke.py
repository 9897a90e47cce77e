"""invoke: tasks that run commands in shells, with and without a terminal.

package    3.11   3.12   3.13   3.14   3.15
invoke     yes    yes    yes    yes    yes
"""

from __future__ import annotations

import os

import pytest
from support.program import Program
from systems.service import compare_runs

pytestmark = pytest.mark.skipif(os.name == "nt", reason="terminals")

TASKS = """
import sys
from invoke import task

PYTHON = sys.executable

@task
def prepare(context):
    context.run(f"{PYTHON} child.py prepare")

@task(prepare)
def build(context):
    for how in ({}, {"pty": True}, {"hide": True}, {"env": {"WORD": "word"}}):
        result = context.run(f"{PYTHON} child.py build | cat; echo done", **how)
        print(result.exited, repr(result.stdout))
    context.run(f"{PYTHON} child.py build", replace_env=True, env={"WORD": "all of it"})
    with context.cd("elsewhere"):
        print(context.run(f"exec {PYTHON} there.py", warn=True).exited)

@task
def unused(context):
    context.run("never")  # not run
"""

ONE_TASK = """
import sys
from invoke import task

@task
def clear(context):
    context.run(f"env -i {sys.executable} silent.py")
"""

CHILD = """
import os
import sys

print(sys.argv[1], os.environ.get("WORD"))
if sys.argv[1] == "prepare":
    print("prepared", flush=True)
    os._exit(0)
print("built")
if len(sys.argv) > 2:
    print("never")  # not run
"""

SILENT = """
print("not measured")  # not run
"""

THERE = """
import sys
sys.exit(4)
print("never")  # not run
"""


def test_commands_of_tasks_are_measured(program: Program) -> None:
    program.write("tasks.py", TASKS)
    program.write("child.py", CHILD)
    program.write("elsewhere/there.py", THERE)
    compare_runs(
        program, ["-m", "invoke", "build"], files=["child.py", "elsewhere/there.py", "tasks.py"]
    )


def test_a_shell_that_clears_the_environment_is_told_of(program: Program) -> None:
    # A command in a shell's hands is out of ours.
    program.write("tasks.py", ONE_TASK)
    program.write("silent.py", SILENT)
    silent = r"env -i \S+ silent.py, from \S+: .*"
    compare_runs(program, ["-m", "invoke", "clear"], files=["silent.py", "tasks.py"], silent=silent)
