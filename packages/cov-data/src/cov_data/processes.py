"""What a ledger's records say of processes: who was started by whom, measured or not. Pure.

A start is told by the process that starts, an arming by the one that was started: the two are
joined by the new process's id, and by time, since ids are used again. A process that replaces its
program (exec) counts once for each program.
"""

from __future__ import annotations

import os
from bisect import bisect_right, insort
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from .commandlines import (
    python_flags,
    python_words,
    quoted,
    runs_no_program,
    shell_command,
    shown,
)
from .ledger import LedgerRecord

# How a process ended, as far as known.
ENDED = "ended"  # in an orderly way
REPLACED = "replaced"  # its program gave way to another one
RUNNING = "running"
CUT_SHORT = "cut short"  # by os._exit, a signal, a crash
UNKNOWN = "not known"

SECOND = 1_000_000_000

# So many shells of unknown id are thought of, at most, to run at the same time.
SHELLS = 100

Runs = Callable[[str, int, int], "bool | None"]
FirstLine = Callable[[str], str]
Why = Callable[[str, set[str]], str]


@dataclass(frozen=True)
class Process:
    """One program in one process of a run.

    `pid` and `ppid` are 0 and `executable`, `file`, `version`, `core` "" where they are not known.
    `how` tells how it was started ("run": by `cov run` itself), `file` and `line` (1-based) where;
    `began` when, in ns since 1970. `python`: it is an interpreter that runs a program. `measured`:
    it was armed. `unknown`: C code started it past Python (`how` is "c"), nobody saw which program
    it is, and it was not heard of again. `ended` is one of the words above. `reason` says why a
    Python is not measured, and is empty for all others. `parent` is the index of the process that
    started it, None if unknown.
    """

    run: str
    host: str
    pid: int
    ppid: int
    how: str
    argv: tuple[str, ...]
    executable: str
    file: str
    line: int
    began: int
    python: bool
    measured: bool
    unknown: bool
    elsewhere: bool
    version: str
    core: str
    ended: str
    reason: str
    parent: int | None

    @property
    def silent(self) -> bool:
        """Whether lines may have run in it that nobody knows of."""
        return bool(self.reason)

    @property
    def command(self) -> str:
        """Its command line, short, on one line; "" if it is not known."""
        if not (self.argv or self.executable):
            return ""
        return shown(self.argv, self.executable)


def known_processes(
    records: Iterable[LedgerRecord],
    *,
    runs: Runs | None = None,
    first_line: FirstLine | None = None,
    why: Why | None = None,
) -> tuple[Process, ...]:
    """The processes of all runs in `records`, which may have any order; run by run, then by time.

    `runs` answers whether the process of a host with a pid and a start token still runs (None:
    cannot be known). `first_line` gives the first line of a file, "" if there is none, to tell
    scripts of Python from others. `why` may know the reason why an interpreter (its name and its
    options) is not measured, "" if not.
    """
    groups: dict[tuple[str, str], list[LedgerRecord]] = {}
    for record in records:
        groups.setdefault((record.run, record.host), []).append(record)
    found: list[Process] = []
    by_beginning = sorted(groups.values(), key=lambda group: min(r.number("time") for r in group))
    for group in by_beginning:
        # Whoever could not write at once may have left the same line to a child.
        distinct = {_order(record): record for record in group}
        entries = _Join([distinct[key] for key in sorted(distinct)]).entries()
        found += _Telling(entries, group, runs, first_line, why, offset=len(found)).processes()
    return tuple(found)


def troubles(records: Iterable[LedgerRecord]) -> list[str]:
    """The sentences about what is not known, each once.

    Of those that a process told about one matter the last counts; an empty one settles it.
    """
    told = sorted((r for r in records if r.kind == "trouble"), key=_order)
    last: dict[tuple[str, ...], str] = {}
    for record in told:
        matter = record.text("about") or record.text("text")
        last[record.run, record.host, record.text("pid"), matter] = _sentence(record)
    return list(dict.fromkeys(filter(None, last.values())))


@dataclass(frozen=True)
class Notice:
    """A sentence about settings that a process read by itself, from the file `config`."""

    text: str
    config: str


def notices(records: Iterable[LedgerRecord]) -> list[Notice]:
    """What there is to say about settings, each once, in the order of time."""
    told = sorted((r for r in records if r.kind == "notice"), key=_order)
    return list(dict.fromkeys(Notice(r.text("text"), r.text("config")) for r in told))


def _sentence(trouble: LedgerRecord) -> str:
    """What it says, with the name by which users know it where it has one."""
    text = trouble.text("text")
    displaced = trouble.text("about").startswith("displaced ")
    return f"{text} (trace-changed)" if text and displaced else text


_KINDS = ("start", "withdrawn", "armed", "failed", "ended")


def _order(record: LedgerRecord) -> tuple[int, int, str]:
    kind = _KINDS.index(record.kind) if record.kind in _KINDS else -1
    return record.number("time"), kind, repr(sorted(record.values.items()))


class _Entry:
    """A process on its way: what is known of it until now."""

    def __init__(self, pid: int, began: int) -> None:
        self.pid = pid
        self.began = began
        self.start: LedgerRecord | None = None
        self.arming: LedgerRecord | None = None
        self.failure: LedgerRecord | None = None
        self.via: _Entry | None = None  # a shell that stands between it and who started it
        self.has_children = False
        self.ended = False

    def is_vacant(self) -> bool:
        """Whether it was started, and no process has told that it is that one."""
        return self.arming is None and self.failure is None

    def replaces(self) -> bool:
        """Whether it is a new program in a process that ran another one before."""
        return self.start is not None and self.start.text("how") == "exec"

    def is_unknown(self) -> bool:
        """Whether C code made it by a fork, and what became of it is not known.

        Where something below it was armed it passed its environment on: a Python would have been.
        """
        return self.is_vacant() and self._is_fork_by_c() and not self.has_children

    def _is_fork_by_c(self) -> bool:
        start = self.start
        return start is not None and start.text("how") == "c" and not start.text("argv")

    def goes_on(self, arming: LedgerRecord) -> bool:
        """Whether this fork says that it goes on where C code made it to become who knows what."""
        return self.is_vacant() and self._is_fork_by_c() and self.pid == arming.number("pid")

    def is_given_away(self) -> bool:
        """Whether the program that started it said itself which run it is to belong to."""
        return self.is_vacant() and self.start is not None and bool(self.start.text("kept_out"))

    def ppid(self) -> int:
        if self.start is not None and not self.replaces():
            return self.start.number("pid")
        return 0 if self.arming is None else self.arming.number("ppid")


class _Join:
    """Starts and armings of one run on one host, joined. `records` are in the order of time."""

    def __init__(self, records: list[LedgerRecord]) -> None:
        self._all: list[_Entry] = []
        self._by_pid: dict[int, list[_Entry]] = {}
        # Started under a pid that nobody was told; in the order of time.
        self._nameless: list[_Entry] = []
        for record in _standing_starts(records):
            self._started(record)
        for record in records:
            if not record.number("pid"):
                continue  # no process
            if record.kind in ("armed", "failed"):
                self._armed(record)
            elif record.kind == "ended":
                self._ended(record)

    def entries(self) -> list[_Entry]:
        """All of them, in the order in which they began."""
        for entry in self._all:
            if entry.ppid():
                parent = self._latest(entry.ppid(), entry.began)
                if parent is not None and parent is not entry:
                    parent.has_children = True
                    if parent.is_vacant() and entry.start is None:
                        entry.via = parent
        return sorted(self._all, key=lambda entry: entry.began)

    def _add(self, entry: _Entry) -> None:
        self._all.append(entry)
        if entry.pid:
            self._name(entry, entry.pid)
        else:
            self._nameless.append(entry)

    def _name(self, entry: _Entry, pid: int) -> None:
        entry.pid = pid
        insort(self._by_pid.setdefault(pid, []), entry, key=_began)

    def _started(self, record: LedgerRecord) -> None:
        pid = record.number("pid" if record.text("how") == "exec" else "child")
        entry = _Entry(pid, record.number("time"))
        entry.start = record
        self._add(entry)

    def _latest(self, pid: int, time: int) -> _Entry | None:
        """The process that had this id at that time."""
        known = self._by_pid.get(pid, [])
        count = bisect_right(known, time, key=_began)
        return known[count - 1] if count else None

    def _armed(self, record: LedgerRecord) -> None:
        pid, time, how = record.number("pid"), record.number("time"), record.text("how")
        if how == "fork":
            self._forked(record)
            return
        entry = self._expected(pid, time)
        if entry is None and how in ("api", "interpreter"):
            entry = self._latest(pid, time)
            if entry is not None and entry.arming is not None:
                return  # more of a process that is known to be measured
        if entry is None:
            entry = self._tried_before(record)
        if entry is None and record.kind == "armed":
            entry = self._behind_a_shell(record)
        if entry is None:
            self._new(record)
        elif record.kind == "armed":
            entry.arming = record
        else:
            entry.failure = record

    def _forked(self, record: LedgerRecord) -> None:
        before = self._latest(record.number("pid"), record.number("time"))
        if before is not None and before.goes_on(record):
            before.arming = record
        elif not self._is_before_exec(record):
            self._new(record)

    def _tried_before(self, record: LedgerRecord) -> _Entry | None:
        """The process, if it could not be armed before: in a venv, site runs each hook twice."""
        before = self._latest(record.number("pid"), record.number("time"))
        if before is None or before.failure is None:
            return None
        return before if before.failure.number("start") == record.number("start") else None

    def _new(self, record: LedgerRecord) -> None:
        entry = _Entry(record.number("pid"), record.number("time"))
        if record.kind == "armed":
            entry.arming = record
        else:
            entry.failure = record
        entry.via = self._shell_around(record)
        self._add(entry)

    def _is_before_exec(self, record: LedgerRecord) -> bool:
        """Whether this fork is the first half of a start: Python code runs in between."""
        return any(
            entry.start is not None
            and not entry.replaces()
            and abs(entry.began - record.number("time")) < SECOND
            and entry.start.number("pid") == record.number("ppid")
            for entry in self._by_pid.get(record.number("pid"), ())
        )

    def _expected(self, pid: int, time: int) -> _Entry | None:
        """The start of the process that says at `time` that it is there; nearest in time."""
        before = self._latest(pid, time)
        if before is not None and before.is_vacant():
            return before
        for entry in self._by_pid.get(pid, ()):
            if entry.is_vacant() and not entry.replaces() and 0 < entry.began - time < SECOND:
                return entry  # clocks may be set back
        return None

    def _behind_a_shell(self, record: LedgerRecord) -> _Entry | None:
        """The start whose shell has become this process."""
        pid, ppid, time = (record.number(key) for key in ("pid", "ppid", "time"))
        for entry in self._nameless_before(time, record):
            if entry.ppid() == ppid:
                self._name(entry, pid)
                return entry
        return None

    def _nameless_before(self, time: int, arming: LedgerRecord) -> list[_Entry]:
        """Starts that name the interpreter that was armed at that time, the last one first."""
        end = bisect_right(self._nameless, time, key=_began)
        return [
            entry
            for entry in reversed(self._nameless[max(0, end - SHELLS) : end])
            if not entry.pid and entry.start is not None and _mentions(entry.start, arming)
        ]

    def _shell_around(self, record: LedgerRecord) -> _Entry | None:
        """The start of a shell, of unknown id, that this process is likely to be a child of."""
        time = record.number("time")
        if record.text("how") == "fork" or self._latest(record.number("ppid"), time) is not None:
            return None
        likely = self._nameless_before(time, record)
        free = [entry for entry in likely if not entry.has_children]
        for entry in (free or likely)[:1]:
            entry.has_children = True
            return entry
        return None

    def _ended(self, record: LedgerRecord) -> None:
        entry = self._latest(record.number("pid"), record.number("time"))
        if entry is not None and entry.arming is not None:
            entry.ended = True


def _began(entry: _Entry) -> int:
    return entry.began


def _mentions(start: LedgerRecord, arming: LedgerRecord) -> bool:
    """Whether a command line names the interpreter that says it is there."""
    words = arming.values.get("argv") or [arming.text("executable")]
    name = os.path.basename(words[0])
    return any(name in word for word in start.values.get("argv", ()))


def _standing_starts(records: list[LedgerRecord]) -> list[LedgerRecord]:
    """The starts that came to pass. A new program in a process begins to count anew."""
    standing: list[LedgerRecord] = []
    for record in records:
        if record.kind == "start":
            standing.append(record)
        elif record.kind == "withdrawn":
            same = (
                index
                for index in reversed(range(len(standing)))
                if standing[index].text("id") == record.text("id")
            )
            for index in same:
                del standing[index]
                break
    return standing


class _Telling:
    """Entries made into values."""

    def __init__(
        self,
        entries: list[_Entry],
        records: list[LedgerRecord],
        runs: Runs | None,
        first_line: FirstLine | None,
        why: Why | None,
        offset: int,
    ) -> None:
        self._entries = entries
        self._index = {id(entry): offset + number for number, entry in enumerate(entries)}
        self._runs = runs
        self._first_line = first_line
        self._why = why
        self._interpreters = {
            record.text("executable") for record in records if record.kind == "armed"
        } - {""}
        self._run, self._host = records[0].run, records[0].host
        self._top = next((r.number("pid") for r in records if r.kind == "run"), 0)
        self._of_pid: dict[int, list[_Entry]] = {}
        for entry in entries:
            self._of_pid.setdefault(entry.pid, []).append(entry)

    def processes(self) -> list[Process]:
        return [self._process(entry) for entry in self._entries]

    def _process(self, entry: _Entry) -> Process:
        start, said = entry.start, entry.arming or entry.failure
        words = self._python_words(entry)
        parent = self._parent(entry)
        place = self._place(entry)
        described = said if said is not None and said.values.get("argv") else start
        argv = described.values.get("argv", []) if described is not None else []
        if not argv and parent is not None and entry.arming is not None:
            argv = self._argv(parent)  # a fork runs the program of its parent
        texts = [record for record in (said, start) if record is not None]
        return Process(
            run=self._run,
            host=self._host,
            pid=entry.pid,
            ppid=entry.ppid(),
            how=self._how(entry),
            argv=tuple(argv),
            executable=next(filter(None, (r.text("executable") for r in texts)), ""),
            file=place.text("file") if place is not None else "",
            line=place.number("line") if place is not None else 0,
            began=entry.began,
            python=words is not None and not self._runs_nothing(words),
            measured=entry.arming is not None,
            unknown=entry.is_unknown(),
            elsewhere=entry.is_given_away(),
            version=entry.arming.text("python") if entry.arming is not None else "",
            core=entry.arming.text("core") if entry.arming is not None else "",
            ended=self._ended(entry),
            reason=self._reason(entry, words),
            parent=None if parent is None else self._index[id(parent)],
        )

    def _argv(self, entry: _Entry | None) -> list[str]:
        while entry is not None:
            for record in (entry.arming, entry.failure, entry.start):
                if record is not None and record.values.get("argv"):
                    return record.values["argv"]
            entry = self._parent(entry)
        return []

    def _how(self, entry: _Entry) -> str:
        if entry.start is not None:
            return entry.start.text("how")
        if entry.pid == self._top and entry is self._of_pid[entry.pid][0]:
            return "run"
        how = "" if entry.arming is None else entry.arming.text("how")
        return "" if how == "hook" else how

    def _parent(self, entry: _Entry) -> _Entry | None:
        """Who started it; for a new program in an old process the one that was there before."""
        if entry.via is not None:
            return entry.via
        pid = entry.pid if entry.replaces() else entry.ppid()
        if not pid:
            return None
        before = [
            other
            for other in self._of_pid.get(pid, ())
            if self._index[id(other)] < self._index[id(entry)]
        ]
        return before[-1] if before else None

    def _place(self, entry: _Entry) -> LedgerRecord | None:
        """The record that tells where in the source it was started."""
        for record in (entry.start, entry.arming):
            if record is not None and record.text("file"):
                return record
        return self._place(entry.via) if entry.via is not None else None

    def _python_words(self, entry: _Entry) -> list[str] | None:
        """Its command line if it is a Python's."""
        said = entry.arming or entry.failure
        if said is not None:
            return said.values.get("argv", [])
        start = entry.start
        if start is None:
            return None
        argv, executable = start.values.get("argv", []), start.text("executable")
        if start.text("how") == "system":
            argv, executable = ["sh", "-c", *argv], "sh"
        if entry.has_children and shell_command(executable, argv) is not None:
            return None  # what it was told to do was done by others, which speak for themselves
        return python_words(executable, argv, known=self._interpreters, first_line=self._first_line)

    def _runs_nothing(self, words: list[str]) -> bool:
        return runs_no_program(python_flags(words))

    def _reason(self, entry: _Entry, words: list[str] | None) -> str:
        if entry.arming is not None or words is None:
            return ""
        if entry.failure is not None:
            return entry.failure.text("reason") or "could not be armed"
        flags = python_flags(words)
        if runs_no_program(flags) or entry.is_given_away():
            return ""
        if "S" in flags:
            return "runs without site"
        known = self._why(words[0], flags) if self._why is not None else ""
        if known:
            return known
        if os.path.dirname(words[0]) and words[0] not in self._interpreters:
            return f"its Python has no cov hook: cov hook install --python {quoted(words[0])}"
        return "did not arm: reason not known"

    def _ended(self, entry: _Entry) -> str:
        arming = entry.arming
        if arming is None:
            return UNKNOWN
        following = [other for other in self._of_pid[entry.pid] if other.began > entry.began]
        if following and (following[0].replaces() or _same_process(arming, following[0].arming)):
            return REPLACED
        if entry.ended:
            return ENDED
        if following:
            return CUT_SHORT
        alive = None
        if self._runs is not None:
            alive = self._runs(self._host, entry.pid, arming.number("start"))
        return {True: RUNNING, False: CUT_SHORT, None: UNKNOWN}[alive]


def _same_process(one: LedgerRecord, other: LedgerRecord | None) -> bool:
    token = one.number("start")
    return other is not None and token != 0 and token == other.number("start")
