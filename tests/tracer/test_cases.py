"""Every sample program gives the marks beside its lines, whatever event source watched it.

Each goes the whole way: event source, journal, data file, reader, report.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from support.cases import Case, read_cases, reported_ways

from cov_data import FileRecord, JournalReader, Reader
from cov_data.seal import seal
from cov_report import MemoryOutput, gather, write_report
from cov_tracer import CORE

CORES = ("sysmon", "ctrace", "pytrace") if CORE == "sysmon" else ("ctrace", "pytrace")
SAMPLES = [case for case in read_cases() if case.runs_on()]
RECORDER = Path(__file__).parents[1] / "support" / "record_cases.py"

each_core = pytest.mark.parametrize("core", CORES)
each_sample = pytest.mark.parametrize("case", SAMPLES, ids=lambda case: case.name)


class Recording:
    """What one event source saw of all samples, as the journal and as the JSON report have it."""

    def __init__(self, core: str) -> None:
        with TemporaryDirectory() as folder:
            data_file = Path(folder, ".coverage")
            done = subprocess.run(
                [sys.executable, str(RECORDER), core, f"{data_file}.here"],
                input="\n".join(str(case.path) for case in SAMPLES),
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            journal = JournalReader(done.stdout.splitlines()[-1])
            assert journal.problems == []
            self.records: dict[str, FileRecord] = {one.path: one for one in journal.records()}
            assert seal(data_file, run=journal.run, mode="fresh").problems == ()
            output = MemoryOutput()
            with Reader(data_file) as reader:
                name = write_report(gather(reader), "json", output)
        report = json.loads(output.files[name])
        here = Path.cwd()
        self.files = {str(here / name): file for name, file in report["files"].items()}


record = cache(Recording)


@each_core
@each_sample
def test_a_sample_gives_in_the_report_what_is_marked_beside_its_lines(
    case: Case, core: str
) -> None:
    said = record(core).files[str(case.path)]
    assert said["missing_lines"] == sorted(case.missing)
    assert {*said["missing_lines"], *said["executed_lines"]} == case.statements
    assert case.excluded <= set(said["excluded_lines"])
    assert reported_ways(said) == case.branches


@each_core
@pytest.mark.parametrize(
    "case", [case for case in SAMPLES if case.regions], ids=lambda case: case.name
)
def test_the_regions_of_a_sample_have_the_marked_numbers(case: Case, core: str) -> None:
    said = record(core).files[str(case.path)]
    assert counts(said["functions"]) | counts(said["classes"]) == case.regions


@each_sample
def test_the_trace_function_in_c_and_the_one_in_python_write_the_same(case: Case) -> None:
    in_c, in_python = (record(core).records[str(case.path)] for core in ("ctrace", "pytrace"))
    assert in_c.lines == in_python.lines
    assert in_c.arcs == in_python.arcs


@pytest.mark.skipif(CORE != "sysmon", reason="no sys.monitoring")
@each_sample
def test_events_and_trace_functions_see_the_same_lines(case: Case) -> None:
    path = str(case.path)
    assert record("sysmon").records[path].lines == record("pytrace").records[path].lines


def counts(regions: dict[str, dict[str, Any]]) -> dict[str, tuple[int, int]]:
    """Name -> statements that ran, statements; without the nameless rest."""
    summaries = {name: region["summary"] for name, region in regions.items() if name}
    return {name: (one["covered_lines"], one["num_statements"]) for name, one in summaries.items()}
