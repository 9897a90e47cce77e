"""One project, measured by cov and by coverage.py 7.17.3, each reported by both."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest
from support.tools import run_tool

PROGRAM = """\
import shapes
from pkg import words


def main(argument):
    if argument:
        print(shapes.area(2, 3), shapes.corners([0, 4]))
    for word in words.split("a b"):
        if word == "c":
            break
    else:
        print("none")
    try:
        words.split(None)
    except AttributeError:
        return 1


main("x")
"""
SHAPES = """\
from contextlib import nullcontext


class Shape:
    def area(self): return 0


def area(a, b):
    while a > 10:
        a -= 1
    return a * b if b else 0


def corners(counts):
    while counts:
        count = counts.pop()
        if count:
            with nullcontext():
                if count != 4:
                    raise ValueError(count)


def never(a):  # pragma: no cover
    return a


def unused(a):
    if a:
        return 1
    with open(a) as f:
        return f.read()
"""
WORDS = '''\
"""Words."""


def split(text):
    match text.split():
        case []:
            return None
        case [first, *rest] if first:
            return [first, *rest]
'''


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "__init__.py").write_text("")
    (tmp_path / "pkg" / "unused.py").write_text("x = 1\nif x:\n    x = 2\n")
    for name, text in (("main", PROGRAM), ("shapes", SHAPES), ("pkg/words", WORDS)):
        (tmp_path / f"{name}.py").write_text(text)
    return tmp_path


def run(project: Path, tool: str, *words: str) -> str:
    return run_tool(tool, *words, cwd=project).out


def totals(project: Path, tool: str) -> dict[str, object]:
    run(project, tool, "json", "-q", "-o", f"{tool}.json")
    return dict(json.loads((project / f"{tool}.json").read_text())["totals"])


def xml_counts(project: Path) -> tuple[int, int, int, int]:
    run(project, "coverage", "xml", "-q", "-o", "report.xml")
    root = ElementTree.parse(project / "report.xml").getroot()
    names = ("lines-valid", "lines-covered", "branches-valid", "branches-covered")
    valid, covered, branches, taken = (int(root.attrib[name]) for name in names)
    return valid, covered, branches, taken


KINDS = pytest.mark.parametrize("branch", [(), ("--branch",)], ids=["lines", "branches"])
TOOLS = pytest.mark.parametrize("measured_by", ["cov_cli", "coverage"])


@KINDS
@TOOLS
def test_both_report_the_same_totals(
    project: Path, measured_by: str, branch: tuple[str, ...]
) -> None:
    run(project, measured_by, "run", *branch, "--source=.", "main.py")
    ours = totals(project, "cov_cli")
    assert ours == totals(project, "coverage")
    assert run(project, "cov_cli", "report", "-m") == run(project, "coverage", "report", "-m")
    counts = xml_counts(project)
    assert counts[:2] == (ours["num_statements"], ours["covered_lines"])
    assert counts[2:] == (ours.get("num_branches", 0), ours.get("covered_branches", 0))


@KINDS
def test_both_measure_the_same_totals(project: Path, branch: tuple[str, ...]) -> None:
    found = []
    for tool in ("cov_cli", "coverage"):
        run(project, tool, "run", *branch, "--source=.", "main.py")
        found.append(totals(project, tool))
    assert found[0] == found[1]


@KINDS
@TOOLS
def test_each_combines_the_parallel_files_of_the_other(
    project: Path,
    measured_by: str,
    branch: tuple[str, ...],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    other = "coverage" if measured_by == "cov_cli" else "cov_cli"
    run(project, measured_by, "run", *branch, "-p", "--source=.", "main.py")
    run(project, measured_by, "run", *branch, "-p", "--source=.", "-m", "pkg.words")
    assert not (project / ".coverage").exists()
    found = []
    for tool in (measured_by, other):
        copy = tmp_path_factory.mktemp("combined") / tool
        shutil.copytree(project, copy)
        run(copy, tool, "combine")
        found.append(totals(copy, tool))
    assert found[0] == found[1]
