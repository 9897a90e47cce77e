"""The lines that docs/differences.md says coverage.py does not see: each is shown to be so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("after_the_end.py")


def missing_lines(tool: str, folder: Path) -> set[int]:
    environment = {name: value for name, value in os.environ.items() if name != "COV_SETTINGS"}
    for words in (["run", "--branch", str(PROGRAM)], ["json", "-o", "report.json"]):
        done = subprocess.run(
            [sys.executable, "-m", tool, *words],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    (found,) = json.loads((folder / "report.json").read_text())["files"].values()
    return set(found["missing_lines"])


@pytest.mark.parametrize("text", ["print(end", "except ArithmeticError"])
def test_code_that_runs_after_the_main_program_is_measured(text: str, tmp_path: Path) -> None:
    """RUN-26, LIM-38."""
    lines = PROGRAM.read_text().splitlines()
    (number,) = (number for number, line in enumerate(lines, 1) if text in line)
    assert number not in missing_lines("cov_cli", tmp_path)
    assert number in missing_lines("coverage", tmp_path)
