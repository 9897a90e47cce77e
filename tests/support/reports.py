"""`cov json` as often as tests want it: a process that has imported what it takes forks for each.

Nine tenths of the time of a small report are its imports, and most tests read one.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import IO

_MODULES = ("cov_cli.reporting", "cov_cli.commands.jsonreport", "cov_report.formats.jsonfile")


def json_report(root: Path, *options: str, env: Mapping[str, str] = os.environ) -> str:
    """What `cov json options` prints in the folder `root`; an AssertionError if it fails."""
    words = ["json", "-q", "-o", "-", *options]
    if hasattr(os, "fork"):
        code, out, err = _server().ask(words, str(root), env)
    else:
        command = [sys.executable, "-m", "cov_cli", *words]
        done = subprocess.run(command, cwd=root, env=env, capture_output=True, encoding="utf-8")
        code, out, err = done.returncode, done.stdout, done.stderr
    assert code == 0, (code, out, err)
    return out


class _Server:
    """The process that forks, and whoever asks it, one at a time."""

    def __init__(self) -> None:
        tests = str(Path(__file__).parents[1])
        code = (
            f"import sys; sys.path.insert(0, {tests!r}); import support.reports as us; us.serve()"
        )
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            start_new_session=True,  # signals that tests send to their group are none of its
        )
        self._free = threading.Lock()
        atexit.register(self._process.communicate)

    def ask(self, words: list[str], root: str, env: Mapping[str, str]) -> tuple[int, str, str]:
        questions, answers = self._process.stdin, self._process.stdout
        assert questions is not None and answers is not None
        with self._free:
            print(json.dumps([words, root, dict(env)]), file=questions, flush=True)
            code, out, err = json.loads(answers.readline())
        return code, out, err


@functools.cache
def _server() -> _Server:
    return _Server()


def serve() -> None:
    """Answer each line of standard input until there are no more."""
    for name in _MODULES:
        __import__(name)
    for question in sys.stdin:
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            process = os.fork()
            if process == 0:
                _report(out, err, *json.loads(question))
            code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
            print(json.dumps([code, _content(out), _content(err)]), flush=True)


def _report(
    out: IO[bytes], err: IO[bytes], words: list[str], root: str, env: dict[str, str]
) -> None:
    code = 70
    try:
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.chdir(root)
        os.environ.clear()
        os.environ.update(env)

        from cov_cli.main import main

        code = main(words)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _content(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "surrogateescape")
