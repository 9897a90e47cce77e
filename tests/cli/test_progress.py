"""How far a long combine is: said on a terminal only, and gone at the end."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pty = pytest.importorskip("pty", reason="terminals are made with pty")

PROGRAM = """
import sys, time
from cov_cli.progress import Progress
with Progress(quiet=sys.argv[1] == "quiet") as progress:
    progress(1, 10)
    time.sleep(0.6)
    progress(5, 10)
    progress(6, 10)
"""


def on_terminal(how: str) -> str:
    """What the program writes to a terminal that is its stderr."""
    ours, its = pty.openpty()
    try:
        subprocess.run([sys.executable, "-c", PROGRAM, how], stderr=its, check=True)
        os.write(its, b"END")
        seen = b""
        while not seen.endswith(b"END"):
            seen += os.read(ours, 1000)
        return seen.removesuffix(b"END").decode()
    finally:
        os.close(ours)
        os.close(its)


def test_a_terminal_sees_a_bar_that_is_erased_at_the_end() -> None:
    bar = "#" * 15 + "-" * 15
    assert on_terminal("tell") == f"\rCombining [{bar}] 5 of 10 files\r\x1b[K"


def test_quiet_says_nothing() -> None:
    assert on_terminal("quiet") == ""


def test_a_file_or_pipe_sees_nothing() -> None:
    command = [sys.executable, "-c", PROGRAM, "tell"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_a_program_without_stderr_goes_on() -> None:
    subprocess.run(["sh", "-c", 'exec "$0" -c "$1" tell 2>&-', sys.executable, PROGRAM], check=True)
