"""Every sample program gives the marks beside its lines, whatever event source watched it."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from support.cases import EXIT, Case, read_cases

from cov_analysis import FileResult, Source, analyze, measure
from cov_data import FileRecord, JournalReader
from cov_tracer import CORE

CORES = ("sysmon", "ctrace", "pytrace") if CORE == "sysmon" else ("ctrace", "pytrace")
CASES = [case for case in read_cases() if case.runs_on()]
RECORDER = Path(__file__).parents[1] / "support" / "record_cases.py"


@cache
def record(core: str) -> dict[str, FileRecord]:
    """What the event source saw of each sample, by path: one process runs them all."""
    with TemporaryDirectory() as folder:
        paths = [str(case.path) for case in CASES]
        done = subprocess.run(
            [sys.executable, str(RECORDER), core, f"{folder}/.coverage.here", *paths],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        reader = JournalReader(done.stdout.splitlines()[-1])
        assert reader.problems == []
        return {found.path: found for found in reader.records()}


def result_of(case: Case, core: str) -> FileResult:
    seen = record(core)[str(case.path)]
    return measure(analyze(Source.read(case.path)), seen.lines, seen.arcs)


def ways(result: FileResult) -> dict[int, dict[int, bool]]:
    """Branch line -> target -> taken, exits as EXIT."""
    found: dict[int, dict[int, bool]] = {}
    for taken, branches in (
        (True, result.executed_branches),
        (False, result.missing_branches),
    ):
        for line, targets in branches.items():
            for target in targets:
                found.setdefault(line, {})[max(target, EXIT)] = taken
    return found


@pytest.mark.parametrize("core", CORES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_a_sample_gives_the_facts_marked_beside_its_lines(case: Case, core: str) -> None:
    result = result_of(case, core)
    assert sorted(result.missing) == sorted(case.missing)
    assert ways(result) == case.branches


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_the_trace_function_in_c_and_the_one_in_python_write_the_same(case: Case) -> None:
    in_c, in_python = record("ctrace")[str(case.path)], record("pytrace")[str(case.path)]
    assert in_c.lines == in_python.lines
    assert in_c.arcs == in_python.arcs


@pytest.mark.skipif(CORE != "sysmon", reason="no sys.monitoring")
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_events_and_trace_functions_see_the_same_lines(case: Case) -> None:
    assert record("sysmon")[str(case.path)].lines == record("pytrace")[str(case.path)].lines
