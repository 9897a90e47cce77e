"""Other processes that work facts out ahead of a report.

They are plain subprocesses that read their input, not multiprocessing's: those would run the main
module of whoever makes a report once more, need semaphores, and cannot start in a daemon. Whatever
goes wrong with one of them, the report works out itself what it was to do.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import IO

import cov_analysis
from cov_analysis import AnalysisError, Exclusions
from cov_analysis.cache import fingerprint
from cov_analysis.source import read_bytes
from cov_analysis.worker import Batch, Outcome

# Below this many bytes of source a second process takes longer to start than it saves.
WORTHWHILE = 1024 * 1024

# Each process takes memory of its own: a further one is for so many bytes of source.
_SHARE = 16 * 1024 * 1024
_BATCH = 128 * 1024

_PATIENCE = 5.0  # seconds for a process to end when it has been told that there is no more to do

_COMMAND = """\
import sys
sys.path.insert(0, sys.argv[1])
from cov_analysis.worker import serve
serve()
"""


def processors() -> int:
    """How many this process may use."""
    if sys.version_info >= (3, 13):
        return os.process_cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def crew_size(size: int, limit: int) -> int:
    """How many processes to start for `size` bytes of source; 0: none is worthwhile."""
    if size < WORTHWHILE or limit < 2 or not sys.executable or getattr(sys, "frozen", False):
        return 0
    return min(limit, max(2, size // _SHARE))


class Crew:
    """Processes at work on `paths`, in that order."""

    def __init__(self, paths: Sequence[str], exclusions: Exclusions, processes: int) -> None:
        self._exclusions = exclusions
        self._waiting = deque(paths)
        self._expected = set(paths)
        self._found: dict[str, tuple[bytes, Outcome]] = {}
        self._news = threading.Condition()
        self._members: list[subprocess.Popen[bytes]] = []
        self._at_work = 0
        with suppress(OSError, RuntimeError):  # no more processes, no more threads
            for _ in range(processes):
                self._hire()

    def take(self, path: str, data: bytes) -> bytes | None:
        """The packed facts of a file if they were worked out from this content, else None.

        Waits for those who are at it. Raises NotPython and AnalysisError.
        """
        with self._news:
            while path in self._expected and path not in self._found and self._at_work:
                self._news.wait()
            seen, outcome = self._found.pop(path, (b"", b""))
            self._expected.discard(path)
        if seen != _content(data):
            return None
        if isinstance(outcome, AnalysisError):
            raise outcome
        return outcome

    def dismiss(self) -> None:
        """End all processes: orderly those that are done, since somebody may be measuring them."""
        with self._news:
            done = not self._waiting and self._expected <= self._found.keys()
            self._waiting.clear()
        for member in self._members:
            with suppress(subprocess.TimeoutExpired):
                if done:
                    member.wait(_PATIENCE)
            member.kill()
            member.wait()

    def _hire(self) -> None:
        member = subprocess.Popen(
            _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._members.append(member)
        assert member.stdin is not None and member.stdout is not None
        thread = threading.Thread(
            target=self._lead, args=(member.stdin, member.stdout), name="cov-crew", daemon=True
        )
        self._at_work += 1
        try:
            thread.start()
        except BaseException:
            self._at_work -= 1
            raise

    def _lead(self, questions: IO[bytes], answers: IO[bytes]) -> None:
        """Give one process a batch after another, from a thread of its own."""
        try:
            with questions, answers:
                if pickle.load(answers) != fingerprint():
                    return
                pickle.dump(self._exclusions, questions)
                while batch := self._next():
                    pickle.dump(batch, questions)
                    questions.flush()
                    self._note(batch, pickle.load(answers))
        except Exception:  # noqa: BLE001 - of whatever kind: the report does the work itself
            pass
        finally:
            with self._news:
                self._at_work -= 1
                self._news.notify_all()

    def _next(self) -> Batch:
        batch: Batch = []
        room = _BATCH
        while room > 0:
            try:
                path = self._waiting.popleft()
            except IndexError:
                break
            try:
                data = read_bytes(path)
            except AnalysisError:  # the report will say so
                with self._news:
                    self._expected.discard(path)
                    self._news.notify_all()
                continue
            batch.append((path, data))
            room -= len(data)
        return batch

    def _note(self, batch: Batch, outcomes: list[Outcome]) -> None:
        with self._news:
            for (path, data), outcome in zip(batch, outcomes, strict=True):
                if path in self._expected:
                    self._found[path] = _content(data), outcome
            self._news.notify_all()


def _content(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def _command() -> list[str]:
    """Another Python like this one, which finds the same package; not in the current folder."""
    home = str(Path(cov_analysis.__file__).parent.parent)
    flags = [
        *(["-I"] if sys.flags.isolated else ["-P"]),
        *(["-E"] if sys.flags.ignore_environment else []),
        *(["-S"] if sys.flags.no_site else []),
        *(["-B"] if sys.dont_write_bytecode else []),
        *(["-" + "O" * sys.flags.optimize] if sys.flags.optimize else []),
    ]
    return [sys.executable, *flags, "-c", _COMMAND, home]
