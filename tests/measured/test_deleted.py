"""Programs that delete what they do not know: our files while they are being written."""

from __future__ import annotations

import os

import pytest
from support.program import Outcome, Program

pytestmark = pytest.mark.skipif(os.name == "nt", reason="files in use cannot be deleted there")

CLEAN = "import glob, os\nfor name in glob.glob('.coverage*'):\n    os.remove(name)\n"
CORES = ("", "core = ctrace", "timid = true")


@pytest.mark.parametrize("core", CORES, ids=["default", "ctrace", "timid"])
@pytest.mark.parametrize("branch", ["true", "false"])
def test_what_ran_before_and_after_is_kept(program: Program, core: str, branch: str) -> None:
    program.write(".coveragerc", f"[run]\nbranch = {branch}\n{core}\n")
    program.write("many.py", "x = 0\n" + "x += 1\n" * 6000)
    program.write("prog.py", f"def early():\n    return 1\nearly()\n{CLEAN}import many\n")
    assert program.run("prog.py") == Outcome(0, "", "")
    assert program.missing() == {"many.py": [], "prog.py": []}
    report = program.cov("report", "--complete")
    assert (report.code, report.err) == (0, "")
    assert program.left_behind() == []


def test_a_child_that_comes_later_does_not_hide_its_parent(program: Program) -> None:
    program.write("child.py", "x = 1\n")
    program.write(
        "prog.py",
        f"def early():\n    return 1\nearly()\n{CLEAN}"
        "import subprocess, sys\nsubprocess.run([sys.executable, 'child.py'])\n",
    )
    assert program.run("prog.py") == Outcome(0, "", "")
    assert program.missing() == {"child.py": [], "prog.py": []}
    report = program.cov("report", "--complete")
    assert (report.code, report.err) == (0, "processes: 2 started, 2 measured\n")


def test_what_is_lost_is_told(program: Program) -> None:
    """More than was in memory at that time cannot be had again."""
    program.write("many.py", "x = 0\n" + "x += 1\n" * 8000)
    program.write("prog.py", f"import many\n{CLEAN}")
    assert program.run("prog.py") == Outcome(0, "", "")
    report = program.cov("report")
    assert (report.code, report.out) == (1, "")
    assert "had its journal deleted while it ran; what it ran is unknown" in report.err


def test_a_folder_that_is_gone_is_told_at_the_end(program: Program) -> None:
    program.write(".coveragerc", "[run]\ndata_file = out/data\n")
    program.write("prog.py", "import shutil\nshutil.rmtree('out')\n")
    code, out, err = vars(program.run("prog.py")).values()
    assert (code, out) == (0, "")
    assert err == (
        "cov: nothing is left of this run: its files were deleted, or could not be written\n"
    )
