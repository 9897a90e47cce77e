"""Programs that use the tracer, run in an interpreter of their own, and what their journals say.

The program finds these names: `tracer` (not started), `journal`, `make(decide=..., core=...)` for
more tracers on the same journal, `sample(text, name="sample")` which runs text as a measured file
and gives its namespace, `CORE`, and the modules os, sys, threading and time.
"""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cov_data import FileRecord, JournalReader
from cov_tracer import CORE

IN_C = ("sysmon", "ctrace") if CORE == "sysmon" else ("ctrace",)
CORES = (*IN_C, "pytrace")

FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))

PATIENCE = 120  # seconds until a process counts as hung

PREAMBLE = """
import os, sys, threading, time
from cov_tracer import Journal, Tracer, TracerError, PyTracer

CORE = sys.argv[1]
journal = Journal(sys.argv[2], host=os.uname().nodename, run=bytes(16), created=1, branch=True)

def ours(name, frame):
    return name if name.startswith("sample") else None

def make(decide=ours, core=CORE):
    if core == "pytrace":
        return PyTracer(journal, decide, branch=True)
    return Tracer(journal, decide, branch=True, core=core)

def sample(text, name="sample"):
    names = {"__name__": name, "tracer": tracer}
    exec(compile(text, name, "exec"), names)
    return names

tracer = make()
"""


@dataclass(frozen=True)
class Observed:
    """What a program wrote to its output and to its journals."""

    out: str
    records: tuple[FileRecord, ...]
    journals: tuple[Path, ...]

    def lines(self, path: str = "sample") -> set[int]:
        return {line for record in self.records if record.path == path for line in record.lines}

    def arcs(self, path: str = "sample") -> set[tuple[int, int]]:
        return {arc for record in self.records if record.path == path for arc in record.arcs or ()}


def start(
    folder: Path, program: str, core: str, flags: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """Run the program, however it ends."""
    script = folder / "program.py"
    script.write_text(PREAMBLE + textwrap.dedent(program), encoding="utf-8")
    return subprocess.run(
        [sys.executable, *flags, str(script), core, str(folder / ".coverage.here")],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def observe(folder: Path, program: str, core: str, flags: Sequence[str] = ()) -> Observed:
    """Run the program, which must end well and have nothing to complain about."""
    done = start(folder, program, core, flags)
    assert (done.returncode, done.stderr) == (0, "")
    journals = tuple(sorted(folder.glob(".coverage.here.*.cov-journal")))
    records: list[FileRecord] = []
    for path in journals:
        reader = JournalReader(path)
        records += reader.records()
        assert reader.problems == []
        assert reader.lost == 0
    return Observed(done.stdout, tuple(records), journals)
