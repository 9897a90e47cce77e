"""Scenarios: small real programs in tests/processes/scenarios, run plain and under `cov run`.

A scenario is one file, or a folder whose main program is `prog.py`. It opens with comment lines:
what it is about, then what it needs, each on a line of its own:

    # python: >=3.12            or >=3.12,<3.14; every supported one unless it says so
    # platform: linux           the system it is about; any POSIX unless it says so
    # command: -m pdb prog.py   the words behind `python` or `cov run`; by default the main program
    # flags: -X dev             for the interpreter, before the words
    # stdin: c                  a line of standard input; may be repeated
    # send: TERM                a signal to send as soon as the program has written "ready"
    # silent: runs without site a Python process that cannot be measured: the reason to be told;
                                repeated for each
    # unknown: <3.12            where the report has to say that some of it is unknown
    # changes: state.py         a file that is rewritten after it ran: unknown, too, unless the user
                                says that the facts are good for what it is now, as the marks do

Beside its lines, and those of every file it comes with or writes, stand marks:

    # not run                   the line must not be reported; all other statements must be
    # not seen                  nor may this one: it does run, but CPython hides it from every tool
    # either                    it depends on the moment
    # not run <3.12; either     of several, the first that is for this Python

`# not run at all` in a file's first line stands for a mark on every statement of it.

By hand: copy it into an empty folder; `cov run --source=. NAME`, `cov report -m`.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from support.program import VARIABLE, Outcome
from support.reports import json_report

from cov_cli.processes import take

Files = dict[str, dict[str, Any]]

SCENARIOS: Final = Path(__file__).parent.parent / "processes" / "scenarios"

_HEADER = re.compile(
    r"# (?P<key>python|platform|command|flags|stdin|send|silent|unknown|changes):"
    r"(?: (?P<value>.*))?"
)
_MARK = re.compile(r"(?:#|;) (?P<mark>not run|not seen|either)\b(?: (?P<range>[<>!][<>!=.,\d]*))?")
_BOUND = re.compile(r"(?P<sign>>=|<|!=)3\.(?P<minor>\d+)")
# What differs from one run to the next in messages of Python itself.
_CHANGING = re.compile(r"0x[0-9a-f]{6,}|(?<=pid=)\d+|(?<=process )\d+")
# PYTHONUNBUFFERED cuts what several processes write into pieces.
_NOT_OURS = {VARIABLE, "PYTHONUNBUFFERED"}
_CODE = re.compile(r"\s*[^\s#]")
_NEVER = "# not run at all"
_PATIENCE = 60  # seconds until a program counts as hung
_GRACE = 5  # seconds in which the last processes are to end


@dataclass(frozen=True)
class Scenario:
    """A program and what it needs."""

    path: Path
    title: str
    headers: dict[str, list[str]]

    @property
    def name(self) -> str:
        return self.path.relative_to(SCENARIOS).with_suffix("").as_posix()

    @property
    def main(self) -> str:
        return "prog.py" if self.path.is_dir() else self.path.name

    @property
    def silent(self) -> list[str]:
        """Why processes in it cannot be measured."""
        return self.headers.get("silent", [])

    @property
    def is_known(self) -> bool:
        """Whether all that ran can be known, on this Python."""
        return not any(map(in_range, self.words("unknown")))

    def words(self, key: str, default: str = "") -> list[str]:
        return shlex.split(" ".join(self.headers.get(key, [default])))

    def runs_here(self) -> bool:
        """Whether it is for this Python on this system."""
        platforms = self.words("platform", sys.platform)
        versions = self.words("python")
        return sys.platform in platforms and all(map(in_range, versions))

    def copy_to(self, root: Path) -> None:
        """Make `root` a folder with nothing but the scenario in it."""
        if root.exists():
            subprocess.run(["chmod", "-R", "u+rwx", str(root)], check=True)
            shutil.rmtree(root)
        if self.path.is_dir():
            shutil.copytree(self.path, root, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            root.mkdir(parents=True)
            shutil.copy(self.path, root)


@dataclass(frozen=True)
class Trial:
    """A scenario run twice: what is to be equal, and what was reported beside what is marked."""

    plain: Outcome
    measured: Outcome
    plain_files: list[str]
    measured_files: list[str]
    missing: dict[str, list[int]]
    marked: dict[str, list[int]]
    silent: list[str]  # reasons
    troubles: list[str]
    changed: list[str]  # files of which nothing is known, since they are not what was measured
    left_behind: list[str]


def read_scenarios() -> list[Scenario]:
    """All of them, by name; also those for other Pythons."""
    mains = [*SCENARIOS.glob("*/*.py"), *SCENARIOS.glob("*/*/prog.py")]
    return [_read(path) for path in sorted(mains)]


def _read(main: Path) -> Scenario:
    title, *rest = main.read_text(encoding="utf-8").splitlines()
    headers: dict[str, list[str]] = {}
    for line in rest:
        found = _HEADER.fullmatch(line)
        if not found:
            break
        headers.setdefault(found["key"], []).append(found["value"] or "")
    path = main.parent if main.parent.parent != SCENARIOS else main
    return Scenario(path, title.removeprefix("# "), headers)


def in_range(text: str) -> bool:
    """Whether this Python is in a range such as `>=3.12,<3.14`; raises ValueError for others."""
    for part in text.split(","):
        bound = _BOUND.fullmatch(part)
        if bound is None:
            raise ValueError(f"not a range of versions: {text!r}")
        here, there = sys.version_info[1], int(bound["minor"])
        if not {">=": here >= there, "<": here < there, "!=": here != there}[bound["sign"]]:
            return False
    return True


def run_scenario(scenario: Scenario, options: Iterable[str], root: Path) -> dict[str, Trial]:
    """Run it plain and under `cov run` with each of the options; each time in a fresh `root`."""
    flags, words = scenario.words("flags"), scenario.words("command", scenario.main)
    scenario.copy_to(root)
    plain = start(scenario, [*flags, *words], root)
    plain_files = files_of(root)
    trials = {}
    for option in options:
        scenario.copy_to(root)
        measured = start(scenario, [*flags, "-m", "cov_cli", "run", option, *words], root)
        files, changed = _report(root)
        census = take(root / ".coverage")
        trials[option] = Trial(
            plain=plain,
            measured=measured,
            plain_files=plain_files,
            measured_files=files_of(root),
            missing=missing_of(root, files),
            marked=marked_of(root, files),
            silent=[process.reason for process in census.silent],
            troubles=list(census.troubles),
            changed=changed,
            left_behind=_left_behind(root),
        )
    return trials


def start(scenario: Scenario, words: Sequence[str], root: Path) -> Outcome:
    """Run `python words` as a shell would: in a session of its own, with the input it wants."""
    env = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    if "cov_cli" in words and VARIABLE in os.environ:  # the suite itself is measured
        env[VARIABLE] = os.environ[VARIABLE]
    process = subprocess.Popen(
        [sys.executable, *words],
        cwd=root,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="surrogateescape",
        start_new_session=True,
    )
    try:
        early = ""
        for name in scenario.words("send"):
            assert process.stdout is not None
            early += process.stdout.readline()
            process.send_signal(signal.Signals[f"SIG{name}"])
        text = "".join(f"{line}\n" for line in scenario.headers.get("stdin", []))
        out, err = process.communicate(text, timeout=_PATIENCE)
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # what still runs now would run for ever
    return Outcome(process.returncode, _CHANGING.sub("…", early + out), _CHANGING.sub("…", err))


def _report(root: Path) -> tuple[Files, list[str]]:
    """What `cov json` tells of each file, as soon as all processes have ended; and the names of
    those that it would tell nothing of unless it was made to."""
    env = {name: value for name, value in os.environ.items() if name != VARIABLE}
    until = time.monotonic() + _GRACE
    while True:
        done = json_report(root, "-i", env=env)
        if not _left_behind(root) or time.monotonic() > until:
            changed = sorted(json.loads(done).get("unknown_files", {}))
            if changed:
                done = json_report(root, "-i", "--allow-changed", env=env)
            files: Files = json.loads(done)["files"]
            return files, changed
        time.sleep(0.05)


def missing_of(root: Path, files: Files) -> dict[str, list[int]]:
    """The lines reported as not run, by file, but for those that may be either; [0]: all lines."""
    missing = {}
    for name in _names(root, files):
        lines = _lines(root / name)
        either = _marks(lines, "either")
        if name in files:
            kind = "executed_lines" if _never_runs(lines) else "missing_lines"
            missing[name] = [line for line in files[name][kind] if line not in either]
        else:
            missing[name] = [] if either or _never_runs(lines) else [0]
    return missing


def marked_of(root: Path, files: Files) -> dict[str, list[int]]:
    """What `missing_of` has to be."""
    texts = {name: _lines(root / name) for name in _names(root, files)}
    return {
        name: [] if _never_runs(lines) else sorted(_marks(lines, "not run", "not seen"))
        for name, lines in texts.items()
    }


def _names(root: Path, files: Files) -> list[str]:
    """All Python files that are there, and whatever else is reported."""
    return sorted({path.relative_to(root).as_posix() for path in root.rglob("*.py")} | set(files))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _never_runs(lines: Sequence[str]) -> bool:
    """Whether a file has no code, or none that runs. Archives and deleted files have no lines."""
    return _NEVER in lines[:1] or not any(map(_CODE.match, lines or ["unreadable"]))


def _marks(lines: Sequence[str], *wanted: str) -> set[int]:
    """The lines (1-based) with such a mark; of several, the first for this Python is meant."""
    found = set()
    for number, line in enumerate(lines, 1):
        marks = [mark for mark in _MARK.finditer(line) if in_range(mark["range"] or ">=3.0")]
        if marks and marks[0]["mark"] in wanted:
            found.add(number)
    return found


def files_of(root: Path) -> list[str]:
    """What lies in the folder, except for our data and compiled modules."""
    names = [path.relative_to(root) for path in root.rglob("*")]
    return sorted(
        str(name)
        for name in names
        if not name.name.startswith(".coverage")
        and not {"__pycache__", ".cov_cache"}.intersection(name.parts)
    )


def _left_behind(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob(".coverage?*"))
