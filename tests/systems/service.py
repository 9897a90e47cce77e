"""Programs that go on until they are told to stop: started, used over their interface, stopped.

`compare` is what every test of this folder does: it uses the same system twice, plain and under
`cov run --source=.`, and holds that both looked the same from outside and that the marks beside the
lines of the program's files tell what is in the report.
"""

from __future__ import annotations

import errno
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Final, TypeVar

from support.program import VARIABLE, Program

PATIENCE: Final = 40  # seconds until something that does not happen counts as failed
_PAUSE: Final = 0.02
_WATCHED: Final = 3  # seconds within which a reloader looks at every file

# What stands between `python` and the words of a program that is to be measured.
MEASURE: Final = ("-m", "cov_cli", "run", "--source=.")

T = TypeVar("T")


class Service:
    """A command that runs in the folder of `program`, in a process group of its own.

    What it writes is in `log()`. `port` is free at the start; every {port} in the command is it.
    """

    def __init__(self, program: Program, command: Sequence[str], env: Mapping[str, str]) -> None:
        self.program, self.root = program, program.root
        self.port = _free_port()
        self._log = program.root / "service.log"
        with open(self._log, "wb") as log:
            self._process = subprocess.Popen(
                [word.replace("{port}", str(self.port)) for word in command],
                cwd=program.root,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **env},  # the log tells how far it is
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.pid = self._process.pid

    def log(self) -> str:
        """All that it has written so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, pattern: str, times: int = 1) -> re.Match[str]:
        """The match of the pattern in the log that makes it so many."""
        return self.until(lambda: self._matches(pattern)[times - 1 :], f"{pattern} in the log")[0]

    def _matches(self, pattern: str) -> list[re.Match[str]]:
        return list(re.finditer(pattern, self.log()))

    def change(self, name: str, pattern: str) -> None:
        """Make a file look newer until the log says so: watchers look now and then only."""
        path, seen = self.root / name, len(self._matches(pattern))
        start = time.monotonic()
        newest = path.stat().st_mtime

        def ask() -> bool:
            # Those that have just begun to watch take the first change for the state of old.
            changes = 1 + (time.monotonic() - start) // _WATCHED
            os.utime(path, (newest + changes, newest + changes))
            return len(self._matches(pattern)) > seen

        self.until(ask, f"{pattern} in the log")

    def until(self, ask: Callable[[], T | None], what: str) -> T:
        """The first answer that is not false. Fails when it takes too long or the service ends."""
        end = time.monotonic() + PATIENCE
        while True:
            alive = self._process.poll() is None
            if answer := ask():
                return answer
            assert alive, f"ended while waiting for {what}:\n{self.log()}"
            assert time.monotonic() < end, f"no {what}:\n{self.log()}"
            time.sleep(_PAUSE)

    def get(self, path: str, patience: float = PATIENCE) -> tuple[int, str]:
        """Status and body of a page; status 0 and the kind of end if there was no answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=patience)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            refused = getattr(error, "errno", 0) == errno.ECONNREFUSED
            return 0, "refused" if refused else "no answer"
        finally:
            connection.close()

    def wait_for_page(self, path: str, wanted: tuple[int, str] | None = None) -> tuple[int, str]:
        """The page, as soon as the service answers at all, or answers what is wanted."""

        def ask() -> tuple[int, str] | None:
            answer = self.get(path)
            return answer if answer == wanted or (wanted is None and answer[0]) else None

        return self.until(ask, f"page {path} {wanted or ''}")

    def send(self, number: int, pid: int | None = None) -> None:
        """Send a signal to the service, or to one of its processes."""
        os.kill(pid or self.pid, number)

    def press_control_c(self) -> None:
        """What a terminal does: the signal goes to the whole group."""
        os.killpg(self.pid, signal.SIGINT)

    def exited(self) -> int:
        """The exit status (minus the signal's number if by one), when it is gone."""
        try:
            return self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"it does not end:\n{self.log()}") from None

    def ended(self) -> int:
        """The same, when all other processes of its group are gone as well."""
        code = self.exited()
        end = time.monotonic() + PATIENCE
        while self._group_lives():
            assert time.monotonic() < end, f"a process is left behind:\n{self.log()}"
            time.sleep(_PAUSE)
        return code

    def _group_lives(self) -> bool:
        try:
            os.killpg(self.pid, 0)
        except (ProcessLookupError, PermissionError):
            return False
        return True

    def kill(self) -> None:
        """End all that is left of it, at once."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(program: Program, words: Sequence[str], *, measured: bool) -> Iterator[Service]:
    """`python words`, or `cov run --source=. words`, for as long as the context lasts."""
    start = MEASURE if measured else ()
    env = {} if measured else {VARIABLE: ""}
    service = Service(program, [sys.executable, *start, *words], env)
    try:
        yield service
    finally:
        service.kill()


def compare(
    program: Program,
    words: Sequence[str],
    use: Callable[[Service], object],
    *,
    files: Sequence[str],
) -> None:
    """Use a service plain and measured. What `use` returns is what it looked like from outside.

    It has to end the service and to wait for that. Both run at once, each in a folder of its own.
    """
    twin = Program(program.root.with_name("plain"))
    shutil.copytree(program.root, twin.root)

    def seen(measured: bool) -> object:
        with serving(program if measured else twin, words, measured=measured) as service:
            return use(service)

    with ThreadPoolExecutor(2) as both:
        plain, under_cov = both.map(seen, (False, True))
    assert under_cov == plain
    check(program, files)


def check(program: Program, files: Sequence[str], silent: str = "") -> None:
    """Hold that the reports say of each file what its marks say, and that nothing else is left.

    All processes have to be measured but for one, if its command and the reason are given.
    """
    marked = program.marked(*files)
    assert program.missing() == marked
    table = program.cov("report")
    counts = dict(re.findall(r"^(\S+\.py) +\d+ +(\d+) +\d+%$", table.out, re.MULTILINE))
    assert counts == {name: str(len(lines)) for name, lines in marked.items()}
    ledger = re.fullmatch(r"processes: (\d+) started, (\d+) measured(.*)\n", table.err)
    assert ledger is not None, table.err
    started, measured, rest = ledger.groups()
    assert int(started) - int(measured) == bool(silent), table.err
    assert re.fullmatch(rf", 1 silent \({silent}\)" if silent else "", rest), rest
    assert program.left_behind() == []


def compare_runs(
    program: Program, words: Sequence[str], *, files: Sequence[str], silent: str = ""
) -> None:
    """Run a program that comes to its end by itself, plain and measured, and compare."""
    plain = program.plain(*words)
    assert plain.code == 0, plain
    assert program.plain(*MEASURE, *words) == plain
    check(program, files, silent)
