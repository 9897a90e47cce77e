"""Whatever a file holds, the analyser says what it is, or where and why it is no Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cov_analysis import Source, analyze

ROOT = Path(__file__).parents[2]

SEARCH = """
import sys
from pathlib import Path
from tools.fuzz.hostile import each
for said in each(range(int(sys.argv[1]), int(sys.argv[2])), Path(sys.argv[3])):
    print(ascii(said) if said else "Python")
"""


def test_mutated_files_are_python_or_are_not(tmp_path: Path) -> None:
    """In a process of its own: a parser that crashes takes that one with it."""
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", SEARCH, "0", "120", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert len(said) == 120
    assert 10 < said.count("Python") < 110  # both kinds are among them


ODD = [
    (b"", 0),
    (b"\n\n\n", 0),
    (b"\xef\xbb\xbfx = 1\n", 1),
    (b"x = 1\r\rif x:\r    y = 2", 3),
    (b"\x0cx = 1\n\x0cif x:\n    y = 1\x0c\n", 3),
    (b"# coding: latin-1\nx = '\xe4'\n", 1),
    (b"if x:\n" + b" " * 5000 + b"y = 1\n", 2),
    (b"x = 1\n" * 100_000, 100_000),
    (b"x = '" + b"y" * 1_000_000 + b"'\n", 1),
    (b"if x: pass\n" + b"elif x: pass\n" * 2000, 2001),
    (b"x = 1\\\n + 1\n", 1),
]


@pytest.mark.parametrize(("data", "count"), ODD, ids=range(len(ODD)))
def test_odd_files_are_analysed(data: bytes, count: int) -> None:
    assert len(analyze(Source.from_bytes("odd.py", data)).statements) == count
