"""coverage.py reads our files, and we read its, both ways of combining included."""

from __future__ import annotations

import os
from pathlib import Path

import coverage
import pytest
from data.journals import JournalWriter
from data.reading_back import content
from support.tools import run_tool

from cov_data import FileRecord, Reader, Writer, combine, find_data_files
from cov_data.seal import seal

PROGRAM = """\
import sys
if len(sys.argv) > 1:
    print("long")
else:
    print("short")
for word in sys.argv[1:]:
    print(word)
"""
SHORT = {1, 2, 5, 6}
LONG = {1, 2, 3, 6, 7}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath("prog.py").write_text(PROGRAM)
    tmp_path.joinpath(".coveragerc").write_text("[run]\nbranch = False\n")
    return tmp_path


def report(cwd: Path) -> list[str]:
    """The line on prog.py in its text report, in words."""
    lines = run_tool("coverage", "report", "-m", cwd=cwd).out.splitlines()
    return next(line.split() for line in lines if line.startswith("prog.py"))


def test_it_reports_our_lines(project: Path) -> None:
    with Writer(project / ".coverage") as writer:
        writer.add(FileRecord(str(project / "prog.py"), "", frozenset(SHORT), None))
        writer.commit()
    assert report(project) == ["prog.py", "6", "2", "67%", "3,", "7"]


def test_it_reports_our_branches(project: Path) -> None:
    log = JournalWriter(run="aa" * 16, branch=True, closed=True)
    log.facts(str(project / "prog.py"), SHORT, [(2, 5), (6, -1)]).save_beside(project / ".coverage")
    seal(project / ".coverage", run="aa" * 16, mode="fresh")
    assert report(project) == [
        *("prog.py", "6", "2", "4", "2", "60%", "3,", "7"),
    ]


def test_its_library_reads_all_that_we_write(project: Path) -> None:
    with Writer(project / ".coverage") as writer:
        writer.add(FileRecord("t.html", "one", frozenset({3, 900}), None, tracer="plug.In"))
        writer.add(FileRecord("t.html", "two|x", frozenset({4}), None, tracer="plug.In"))
        writer.touch(["never.py"])
        writer.set_meta("cov_runs", "aa")
        writer.commit()
    data = coverage.CoverageData(str(project / ".coverage"))
    data.read()
    assert data.measured_files() == {"t.html", "never.py"}
    assert data.measured_contexts() == {"one", "two|x"}
    assert sorted(data.lines("t.html") or ()) == [3, 4, 900]
    assert data.lines("never.py") == []
    assert data.contexts_by_lineno("t.html") == {3: ["one"], 900: ["one"], 4: ["two|x"]}
    assert data.file_tracer("t.html") == "plug.In"
    assert not data.has_arcs()
    data.close()


@pytest.mark.parametrize("branch", ["", "--branch"])
def test_we_read_what_it_measures(project: Path, branch: str) -> None:
    arguments = [word for word in ("run", branch, "--context=c", "prog.py") if word]
    run_tool("coverage", *arguments, cwd=project)
    data = coverage.CoverageData(str(project / ".coverage"))
    data.read()
    with Reader(project / ".coverage") as reader:
        (name,) = reader.files()
        assert {name} == data.measured_files()
        assert reader.has_arcs == bool(branch)
        assert reader.lines(name) == set(data.lines(name) or ()) == SHORT
        assert reader.arcs(name) == set(data.arcs(name) or ())
        by_line = data.contexts_by_lineno(name)
        assert reader.contexts_by_line(name) == by_line
        assert by_line[1] == ["c"]
    data.close()


@pytest.mark.parametrize("branch", ["", "--branch"])
def test_we_combine_its_parallel_files_as_it_does(project: Path, branch: str) -> None:
    for words in ([], ["a", "b"], ["a", "b"]):
        arguments = [word for word in ("run", "-p", branch, "prog.py", *words) if word]
        run_tool("coverage", *arguments, cwd=project)
    found = find_data_files(project / ".coverage")
    assert len(found) == 3
    ours = project / "ours"
    summary = combine(ours, found, append=False, keep=True)
    assert (len(summary.combined), len(summary.skipped)) == (2, 1)
    run_tool("coverage", "combine", "--keep", cwd=project)
    assert content(ours) == content(project / ".coverage")
    with Reader(ours) as reader:
        assert reader.lines(reader.files()[0]) == SHORT | LONG


def test_it_combines_our_parallel_files(project: Path) -> None:
    path = str(project / "prog.py")
    for run, ran in (("aa" * 16, SHORT), ("bb" * 16, LONG), ("cc" * 16, LONG)):
        log = JournalWriter(run=run, mode="parallel", branch=True, closed=True)
        log.facts(path, ran).save_beside(project / ".coverage")
        seal(project / ".coverage", run=run, mode="parallel")
    assert "Combined 2 files, skipped 1" in run_tool("coverage", "combine", cwd=project).err
    assert [name for name in os.listdir(project) if name.startswith(".coverage.")] == []
    with Reader(project / ".coverage") as reader:
        assert reader.lines(path) == SHORT | LONG


def test_it_leaves_our_journals_alone(project: Path) -> None:
    """They end in -journal, so that an older tool in the same folder passes them over."""
    log = JournalWriter(mode="parallel").facts("a.py", [1])
    journal = log.save_beside(project / ".coverage")
    run_tool("coverage", "run", "-p", "prog.py", cwd=project)
    run_tool("coverage", "combine", cwd=project)
    assert journal.exists()


def test_it_adds_to_our_file_and_we_to_its(project: Path) -> None:
    path = str(project / "prog.py")
    with Writer(project / ".coverage") as writer:
        writer.add(FileRecord(path, "", frozenset({7}), None))
        writer.commit()
    run_tool("coverage", "run", "-a", "prog.py", cwd=project)
    with Reader(project / ".coverage") as reader:
        assert reader.lines(path) == SHORT | {7}
    log = JournalWriter(mode="append", run="aa" * 16, closed=True).facts(path, [3])
    log.save_beside(project / ".coverage")
    seal(project / ".coverage", run="aa" * 16, mode="append")
    with Reader(project / ".coverage") as reader:
        assert reader.lines(path) == SHORT | {3, 7}
