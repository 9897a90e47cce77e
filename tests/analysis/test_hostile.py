"""Whatever a file holds, the analyser says what it is, or where and why it is no Python."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from support.program import Program

from cov_analysis import NotPython, Source, analyze

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


BROKEN = [
    (b"x = 1\nif x\n", 2),
    (b"x = (1,\n", 1),
    (b"def f():\n    x\n  y\n", 3),
    (b"if x:\n\ty\n        z\n", 3),
    (b"x = 1\n'''text\n", 2),
    (b"x = '\n", 1),
    (b"break\n", 1),
    (b"x = 1\n\0\n", None),
    (b"# coding: nowhere\nx = 1\n", None),
    (b"# coding: ascii\nx = '\xc3\xa4'\n", None),
    (b"\xef\xbb\xbf# coding: latin-1\nx = 1\n", None),
    (b"x = '\xff'\n", None),
    (b"\xff\xfex\0", None),
    (b"x = " + b"(" * 5000 + b")" * 5000, None),
]


@pytest.mark.parametrize(("data", "line"), BROKEN, ids=range(len(BROKEN)))
def test_a_file_that_is_no_python_is_told_with_its_place(data: bytes, line: int | None) -> None:
    """STM-17."""
    with pytest.raises(NotPython) as caught:
        analyze(Source.from_bytes("broken.py", data))
    problem = caught.value
    assert problem.path == "broken.py" and problem.reason
    assert str(problem).startswith("broken.py")
    if line is not None:
        assert problem.line == line
        assert str(problem).startswith(f"broken.py:{line} ")


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


def test_one_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    program = Program(tmp_path)
    program.write("main.py", "import fine, gone\n")
    program.write("fine.py", "x = 1\n")
    broken = program.write("gone.py", "x = 1\n")
    assert program.run("--source=.", "main.py").code == 0
    broken.write_text("x = 1\nif x\n", encoding="utf-8")

    refused = program.cov("report", "--allow-changed")
    assert refused.code == 1
    assert "gone.py:2" in refused.err and "expected ':'" in refused.err

    passed = program.cov("report", "--allow-changed", "-i")
    assert passed.code == 0
    assert "gone.py:2" in passed.err and "expected ':'" in passed.err
    assert "fine.py" in passed.out and "main.py" in passed.out and "TOTAL" in passed.out
