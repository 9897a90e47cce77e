"""Other processes that work facts out ahead of a report.

They are plain subprocesses that read their input, not multiprocessing's: those would run the main
module of whoever makes a report once more, need semaphores, and cannot start in a daemon. Whatever
goes wrong with one of them, the report works out itself what it was to do.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

import cov_analysis
from cov_analysis import AnalysisError, Exclusions
from cov_analysis.cache import fingerprint
from cov_analysis.source import read_bytes
from cov_analysis.worker import Batch, Outcome

_BATCH = 128 * 1024

# What a process took for its work it keeps: after so many bytes of source another one goes on.
_STINT = 2 * 1024 * 1024

_PATIENCE = 5.0  # seconds for a process to end when it has been told that there is no more to do

_COMMAND = """\
import sys
sys.path.insert(0, sys.argv[1])
from cov_analysis.worker import serve
serve()
"""


class Crew:
    """Processes at work on `paths`, in that order.

    One process does those that are `heavy`, in their order, and is gone with all the memory that
    they took before the others begin.
    """

    def __init__(
        self,
        paths: Sequence[str],
        exclusions: Exclusions,
        processes: int,
        heavy: Sequence[str] = (),
    ) -> None:
        self._exclusions = exclusions
        self._processes = processes
        self._waiting = deque(heavy)
        first = set(heavy)
        self._others = [path for path in paths if path not in first]
        self._expected = set(paths)
        self._found: dict[str, tuple[bytes, Outcome]] = {}
        self._news = threading.Condition()
        self._members: list[subprocess.Popen[bytes]] = []
        self._at_work = 0
        self._dismissed = False
        if not self._waiting or not self._employ(self._go_on):
            self._go_on()

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
            self._dismissed = True
            self._waiting.clear()
        for member in self._members:
            with suppress(subprocess.TimeoutExpired):
                if done:
                    member.wait(_PATIENCE)
            member.kill()
            member.wait()

    def _go_on(self) -> None:
        """Begin with the files that are not heavy."""
        with self._news:
            if not self._dismissed:
                self._waiting.extend(self._others)
                for _ in range(self._processes):
                    self._employ()

    def _employ(self, then: Callable[[], None] | None = None) -> bool:
        """Have one process after another at work, and `then` go on. Whether that was possible."""
        thread = threading.Thread(target=self._lead, args=(then,), name="cov-crew", daemon=True)
        self._at_work += 1
        try:
            thread.start()
        except RuntimeError:  # no more threads
            self._at_work -= 1
            return False
        return True

    def _lead(self, then: Callable[[], None] | None) -> None:
        try:
            while self._waiting and (member := self._hire()) is not None:
                self._serve(member)
        except Exception:  # noqa: BLE001 - of whatever kind: the report does the work itself
            pass
        finally:
            if then is not None:
                then()
            with self._news:
                self._at_work -= 1
                self._news.notify_all()

    def _hire(self) -> subprocess.Popen[bytes] | None:
        """Start a process, unless there is nothing to do for it any more."""
        with self._news:
            if self._dismissed:
                return None
            member = subprocess.Popen(
                _command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
            self._members.append(member)
            return member

    def _serve(self, member: subprocess.Popen[bytes]) -> None:
        """Give one process a batch after another."""
        assert member.stdin is not None and member.stdout is not None
        left = _STINT
        with member.stdin as questions, member.stdout as answers:
            if pickle.load(answers) != fingerprint():
                raise RuntimeError("another Python, or another version of the analysis")
            pickle.dump(self._exclusions, questions)
            while left > 0 and (batch := self._next()):
                pickle.dump(batch, questions)
                questions.flush()
                self._note(batch, pickle.load(answers))
                left -= sum(len(data) for _, data in batch)
        with suppress(subprocess.TimeoutExpired):
            member.wait(_PATIENCE)

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
