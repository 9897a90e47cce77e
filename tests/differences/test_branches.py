"""The branches that docs/differences.md says coverage.py gets wrong: each is shown to be so.

What is true stands beside the lines of the samples in tests/cases, and tests/tracer holds us to it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.cases import CASES, EXIT, read_case

DOCUMENT = Path(__file__).parents[2] / "docs" / "differences.md"


@dataclass(frozen=True)
class Wrong:
    """One branch of a sample about which a core of coverage.py says the opposite of the truth."""

    case: str
    core: str
    line: int
    target: int  # EXIT: out of the function
    since: tuple[int, int] = (3, 11)

    def __str__(self) -> str:
        return f"{self.case}-{self.core}"


KNOWN = [
    Wrong("activations/recursion", "sysmon", 5, 7, (3, 14)),
    Wrong("activations/interleaved_generators", "sysmon", 5, 7, (3, 14)),
    Wrong("activations/interleaved_threads", "sysmon", 11, 13, (3, 14)),
    Wrong("exceptions/escaped_exception", "sysmon", 9, 11, (3, 14)),
    Wrong("exceptions/with_exception", "sysmon", 12, EXIT, (3, 14)),
    Wrong("exceptions/exception_out_of_branch", "ctrace", 8, EXIT),
    Wrong("exceptions/exception_out_of_branch", "pytrace", 8, EXIT),
    Wrong("exceptions/finally_if_false_while_raising", "sysmon", 8, EXIT, (3, 14)),
]


def say_of_coverage(path: Path, folder: Path, core: str) -> dict[str, list[list[int]]]:
    """Its JSON report on one sample, measured with one of its cores."""
    environment = {**os.environ, "COVERAGE_CORE": core, "COVERAGE_FILE": str(folder / "data")}
    environment.pop("COV_SETTINGS", None)
    base = [sys.executable, "-m", "coverage"]
    for words in (["run", "--branch", str(path)], ["json", "-o", str(folder / "report.json")]):
        done = subprocess.run(
            [*base, *words],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    report = json.loads((folder / "report.json").read_text())
    (found,) = report["files"].values()
    return {kind: found[f"{kind}_branches"] for kind in ("executed", "missing")}


@pytest.mark.parametrize("wrong", KNOWN, ids=str)
def test_coverage_says_the_opposite_of_what_is_true(wrong: Wrong, tmp_path: Path) -> None:
    path = CASES / f"{wrong.case}.py"
    case = read_case(path)
    if sys.version_info < wrong.since or not case.runs_on():
        pytest.skip("that core does not measure branches on this Python")
    truth = case.branches[wrong.line][wrong.target]
    said = say_of_coverage(path, tmp_path, wrong.core)
    opposite = said["missing" if truth else "executed"]
    assert any(start == wrong.line and max(end, EXIT) == wrong.target for start, end in opposite), (
        said
    )


@pytest.mark.parametrize("case", sorted({wrong.case for wrong in KNOWN}))
def test_the_document_names_the_sample(case: str) -> None:
    assert f"`tests/cases/{case}.py`" in DOCUMENT.read_text(encoding="utf-8")
