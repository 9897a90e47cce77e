"""The package as a whole: its names, and its README."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import cov_analysis

README = Path(__file__).resolve().parents[2] / "packages" / "cov-analysis" / "README.md"


def test_every_public_name_exists() -> None:
    assert [name for name in cov_analysis.__all__ if not hasattr(cov_analysis, name)] == []


def test_the_example_prints_what_the_readme_says(tmp_path: Path) -> None:
    text = README.read_text("utf-8")
    (program,) = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    (printed,) = re.findall(r"^```text\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True
    )
    assert (done.stdout, done.stderr) == (printed, "")


def test_the_readme_names_every_public_name() -> None:
    text = README.read_text("utf-8")
    names = {name for name in cov_analysis.__all__ if not name.startswith("_")}
    assert {name for name in names if f"`{name}`" not in text} == set()
