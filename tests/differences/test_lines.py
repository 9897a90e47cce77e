"""The lines that docs/differences.md says coverage.py does not see: each is shown to be so."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.tools import run_tool

PROGRAM = Path(__file__).with_name("after_the_end.py")


def missing_lines(tool: str, folder: Path) -> set[int]:
    run_tool(tool, "run", "--branch", str(PROGRAM), cwd=folder)
    run_tool(tool, "json", "-o", "report.json", cwd=folder)
    (found,) = json.loads((folder / "report.json").read_text())["files"].values()
    return set(found["missing_lines"])


@pytest.mark.parametrize("text", ["print(end", "except ArithmeticError"])
def test_code_that_runs_after_the_main_program_is_measured(text: str, tmp_path: Path) -> None:
    """RUN-26, LIM-38."""
    lines = PROGRAM.read_text().splitlines()
    (number,) = (number for number, line in enumerate(lines, 1) if text in line)
    assert number not in missing_lines("cov_cli", tmp_path)
    assert number in missing_lines("coverage", tmp_path)
