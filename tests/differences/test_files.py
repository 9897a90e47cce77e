"""What docs/differences.md says of coverage.py's data, found on real projects: shown to be so."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from support.tools import run_tool


def files_of(tool: str, folder: Path, *options: str) -> dict[str, Any]:
    """The files in its JSON report on program.py, by their names without folders."""
    rcfile = folder / "rc"
    rcfile.write_text("[run]\npatch =\n")
    common = [f"--rcfile={rcfile}", f"--data-file={folder / tool}"]
    for words in (["run", *options, *common, "program.py"], ["json", *common, "-o", "report.json"]):
        run_tool(tool, *words, cwd=folder, PYTHONPATH=str(folder / "lib"))
    return {
        Path(name).name: found
        for name, found in json.loads((folder / "report.json").read_text())["files"].items()
    }


def test_a_package_that_was_named_and_never_imported_is_reported(tmp_path: Path) -> None:
    """UNX-02, MAN-04."""
    (tmp_path / "program.py").write_text("import used\n")
    for name in ("used", "unused"):
        package = tmp_path / "lib" / name
        package.mkdir(parents=True)
        (package / "__init__.py").write_text("")
        (package / f"{name}_part.py").write_text("x = 1\n")
    source = "--source=used,unused"
    assert "unused_part.py" in files_of("cov_cli", tmp_path, source)
    assert "unused_part.py" not in files_of("coverage", tmp_path, source)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there are no forks")
def test_what_a_forked_child_runs_is_measured(tmp_path: Path) -> None:
    """LIM-36, though `patch` is set and empty: no start is followed, and a fork is none."""
    (tmp_path / "program.py").write_text(
        "import os\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    x = 1\n"
        "    os._exit(0)\n"
        "os.waitpid(child, 0)\n"
    )
    assert files_of("cov_cli", tmp_path)["program.py"]["missing_lines"] == []
    assert files_of("coverage", tmp_path)["program.py"]["missing_lines"] == [4, 5]


ON_3_11 = pytest.mark.skipif(sys.version_info >= (3, 12), reason="later versions tell otherwise")

THROW = """import types
@types.coroutine
def pause():
    yield
async def caught():
    try:
        await pause()
    except ValueError:
        pass
async def outer():
    await caught()
    await pause()
one = outer()
one.send(None)
one.throw(ValueError())
one.close()
"""

FINALLY = """def f(x):
    try:
        raise ValueError
    finally:
        if x:
            y = 1
try:
    f(0)
except ValueError:
    pass
"""


@ON_3_11
def test_who_throws_into_a_coroutine_goes_on(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(THROW)
    assert files_of("cov_cli", tmp_path)["program.py"]["missing_lines"] == []
    assert files_of("coverage", tmp_path)["program.py"]["missing_lines"] == [16]


@ON_3_11
def test_lines_are_not_counted_in_another_file(tmp_path: Path) -> None:
    """The driver's last lines, in the file of whoever called it."""
    *steps, drive = THROW.partition("one = outer()\n")
    body = "".join(f"    {line}\n" for line in ("one = outer()", *drive.splitlines()))
    (tmp_path / "driver.py").write_text(f"{steps[0]}def drive():\n{body}")
    never = "def never():\n" + "    x = 1\n" * 20
    (tmp_path / "program.py").write_text(f"import driver\n{never}driver.drive()\n")
    assert files_of("cov_cli", tmp_path)["program.py"]["missing_lines"] == [*range(3, 23)]
    assert 17 not in files_of("coverage", tmp_path)["program.py"]["missing_lines"]


@ON_3_11
def test_the_end_of_a_finally_need_not_run(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(FINALLY)
    assert files_of("cov_cli", tmp_path)["program.py"]["missing_lines"] == [6]
    assert files_of("coverage", tmp_path)["program.py"]["missing_lines"] == []
