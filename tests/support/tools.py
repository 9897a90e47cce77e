"""cov and coverage.py, run as their users do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from support.program import Outcome


def run_tool(tool: str, *words: str, cwd: Path, **variables: str) -> Outcome:
    """What comes of `python -m tool words`, which has to succeed.

    Nothing of an outer measurement reaches it.
    """
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("COV_", "COVERAGE_"))}
    done = subprocess.run(
        [sys.executable, "-m", tool, *words],
        cwd=cwd,
        env={**clean, **variables},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Outcome(done.returncode, done.stdout, done.stderr)
