"""Which processes the data is of, which are missing in it, and what the user is told about them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from cov_cli.datafiles import data_file
from cov_cli.errors import INCOMPLETE, OK, say, warn
from cov_data import Reader
from cov_data.commandlines import quoted
from cov_data.ledger import parse_rows
from cov_data.liveness import process_runs
from cov_data.naming import host_part
from cov_data.processes import (
    CUT_SHORT,
    RUNNING,
    Notice,
    Process,
    known_processes,
    notices,
    troubles,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cov_cli.options import Options

# What is told at once; `cov debug processes` tells all.
_NAMED_AT_MOST = 3
_ALL = "cov debug processes"
# What a reason has in it that says what is to be done.
_WAYS_OUT = ("cov hook", "cov measures", "install cov")

_HERE = sys.version_info[:2]


class Census:
    """The processes of all runs in a data file.

    `kept` tells whether their ledgers were kept at all. `troubles` are sentences about what is
    unknown, `notices` about settings that processes read by themselves.
    """

    def __init__(
        self,
        processes: Sequence[Process] = (),
        troubles: Sequence[str] = (),
        notices: Sequence[Notice] = (),
        kept: bool = True,
    ) -> None:
        self.processes = tuple(processes)
        self.troubles = tuple(troubles)
        self.notices = tuple(notices)
        self.kept = kept

    @property
    def measured(self) -> list[Process]:
        return [process for process in self.processes if process.measured]

    @property
    def silent(self) -> list[Process]:
        return [process for process in self.processes if process.silent]

    @property
    def unknown(self) -> list[Process]:
        return [process for process in self.processes if process.unknown]

    def is_doubtful(self) -> bool:
        """Whether lines may have run in a process that is not measured."""
        return bool(self.silent or self.unknown)

    def is_plain(self) -> bool:
        """Whether each program was one process, and measured: that goes without saying."""
        return not self.is_doubtful() and len(self.measured) <= len({p.run for p in self.processes})

    def line(self, *, named: bool = True) -> str:
        """The processes in one line; the silent ones by name, unless that is done elsewhere."""
        started = len(self.measured) + len(self.silent) + len(self.unknown)
        text = f"processes: {started} started, {len(self.measured)} measured"
        if self.silent:
            names = f" ({'; '.join(_some(_reasons(self.silent)))})" if named else ""
            text += f", {len(self.silent)} silent{names}"
        if self.unknown:
            text += f", {len(self.unknown)} unknown (started by C code{_places(self.unknown)})"
        return text


def _reasons(silent: list[Process]) -> list[str]:
    return [f"{_culprit(process)}: {process.reason}" for process in silent]


def _places(processes: list[Process]) -> str:
    """Where they were started, each place once, to be put behind a sentence."""
    places = list(dict.fromkeys(filter(None, map(place, processes))))
    return f", from {'; '.join(_some(places))}" if places else ""


def _some(named: list[str]) -> list[str]:
    more = len(named) - _NAMED_AT_MOST
    return [*named[:_NAMED_AT_MOST], *([f"and {more} more: {_ALL}"] if more > 0 else [])]


def _culprit(process: Process) -> str:
    """A process by its command and where it was started."""
    start = place(process)
    return f"{process.command}, from {start}" if start else process.command


def place(process: Process) -> str:
    """Where a process was started, `file:line`, as seen from here; "" if it is not known."""
    if not process.file:
        return ""
    here = os.getcwd() + os.sep
    name = f"{process.file.removeprefix(here)}:{process.line}"
    return name if name.startswith("<") else quoted(name)


def take(path: Path) -> Census:
    """The census of a data file. Raises DataError if it cannot be read."""
    with Reader(path) as reader:
        records = parse_rows(reader.ledger())
    processes = known_processes(records, runs=_runs, first_line=_first_line, why=_why)
    return Census(processes, troubles(records), notices(records), kept=bool(records))


def _runs(host: str, pid: int, start: int) -> bool | None:
    return process_runs(pid, start) if host == host_part() else None


def _first_line(path: str) -> str:
    try:
        with open(path, "rb") as file:
            return file.readline(256).decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""


def _why(python: str, flags: set[str]) -> str:
    """Why an interpreter that was started with these options is not measured, if it is known here.

    It is taken for one of this machine.
    """
    from cov_cli.interpreters import OLDEST, version_by_files

    version = version_by_files(python) or _HERE
    if version < OLDEST:
        return f"its Python is {'.'.join(map(str, version))}: cov measures 3.11 and later"
    if version != _HERE:
        return f"its Python has no cov hook: cov hook install --python {quoted(python)}"
    if flags & {"s", "I"} and _is_for_one_user():
        return "runs without the user site (-s, -I), where cov lies: install cov for all users"
    return ""


def _is_for_one_user() -> bool:
    """Whether the hook lies in the user site and nowhere else."""
    import site

    from cov_cli.hooks import find

    user = [site.getusersitepackages()] if site.ENABLE_USER_SITE else []
    return bool(find(user)) and not find(site.getsitepackages())


def doubts(census: Census) -> list[str]:
    """Sentences about what may have run although the data does not have it."""
    found = []
    if census.silent:
        named = _some(_reasons(census.silent))
        found.append(
            f"{_of(len(census.silent))} not measured, it may have run there: {'; '.join(named)}"
        )
    if census.unknown:
        number = len(census.unknown)
        found.append(
            f"C code started {number} program{'' if number == 1 else 's'} that nobody saw"
            f"{_places(census.unknown)}: if it is Python, it may have run there"
        )
    # Forks, which do not tell their core, mostly end by os._exit, and mean it.
    cut = [p for p in census.measured if p.ended == CUT_SHORT and p.core]
    if cut:
        listed = "; ".join(_some([_culprit(process) for process in cut]))
        found.append(
            f"{_of(len(cut))} cut short by os._exit, a signal or a crash, it might have run later: "
            f"{listed}"
        )
    running = [p for p in census.measured if p.ended == RUNNING]
    if running:
        listed = "; ".join(_some([_culprit(process) for process in running]))
        found.append(f"{_of(len(running))} still running, it may run later: {listed}")
    return [*found, *census.troubles]


def _of(number: int) -> str:
    return f"{number} Python process{' was' if number == 1 else 'es were'}"


def tell_troubles(census: Census, options: Options) -> None:
    """Warn of what is unknown."""
    for text in census.troubles:
        warn(text, options.disable_warnings)


def tell_notices(census: Census, options: Options) -> None:
    """Warn of settings that nobody was told of before, but for those that were read here, too."""
    here = os.path.abspath(options.config_file) if options.config_file else ""
    for text in dict.fromkeys(notice.text for notice in census.notices if notice.config != here):
        warn(text, options.disable_warnings)


def tell(census: Census, options: Options) -> None:
    """The last words of a report for people. What is missing is told to quiet ones, too."""
    if not census.is_plain() and (census.is_doubtful() or not options.quiet):
        say(census.line(named=not options.complete))  # else they are errors, which come next


def judge(options: Options, census: Census | None = None) -> int:
    """Whether everything was measured, if `complete` asks for that: OK or INCOMPLETE, and why."""
    if not options.complete:
        return OK
    census = take(data_file(options)) if census is None else census
    if not census.kept:
        complain(
            f"{options.data_file} does not tell which processes there were: measure with cov run, "
            "without a patch setting"
        )
        return INCOMPLETE
    named = [f"{_culprit(process)}: {_way_out(process)}" for process in census.silent]
    for text in [*_some(named), *_some(list(census.troubles))]:
        complain(text)
    return INCOMPLETE if named or census.troubles else OK


def complain(text: str) -> None:
    say(f"cov: error: not complete: {text}")


def _way_out(process: Process) -> str:
    if process.reason == "runs without site":
        return f"{process.reason}: start it without -S"
    if any(words in process.reason for words in _WAYS_OUT):
        return process.reason
    return f"{process.reason}: see {_ALL}"
