"""combine and erase: which files are taken, what becomes of them, what is said."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from cli.recording import FALSE_WAY, PROGRAM, TRUE_WAY, lines_in, record
from cli.running import Project
from data.journals import JournalWriter

BOTH = {1, 2, 3, 4, 5}


def names(project: Project) -> set[str]:
    """What lies in the directory, sources apart."""
    return {path.name for path in project.root.iterdir() if path.suffix != ".py"}


def test_siblings_of_the_data_file_are_combined_and_deleted(project: Project) -> None:
    """CMB-01, CMB-05."""
    record(project, "a.py", TRUE_WAY, data=".coverage.1")
    record(project, "a.py", FALSE_WAY, data=".coverage.2")
    outcome = project.cov("combine")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "Combined 2 files\n")
    assert lines_in(project.root / ".coverage") == {"a.py": BOTH}
    assert names(project) == {".coverage"}


def test_quiet_says_nothing_and_keep_deletes_nothing(project: Project) -> None:
    """OPT-14, OPT-24."""
    record(project, "a.py", data=".coverage.1")
    outcome = project.cov("combine", "-q", "--keep")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert names(project) == {".coverage", ".coverage.1"}


def test_copies_are_skipped(project: Project) -> None:
    """COM-02, CMB-05."""
    first = record(project, "a.py", data=".coverage.1")
    (project.root / ".coverage.2").write_bytes(first.read_bytes())
    assert project.cov("combine").err == "Combined 1 file, skipped 1\n"
    assert names(project) == {".coverage"}


def test_old_data_is_replaced_unless_append_is_given(project: Project) -> None:
    """CMB-03, OPT-01."""
    for append in (["--append"], []):
        record(project, "a.py", TRUE_WAY)
        record(project, "a.py", FALSE_WAY, data=".coverage.1")
        assert project.cov("combine", *append).code == 0
        expected = BOTH if append else FALSE_WAY[0]
        assert lines_in(project.root / ".coverage") == {"a.py": expected}


def test_with_nothing_to_combine_old_data_survives(project: Project) -> None:
    """CMB-03, CMB-04."""
    record(project, "a.py")
    assert project.fails("combine").startswith("cov: error: no data to combine for ")
    assert lines_in(project.root / ".coverage") == {"a.py": TRUE_WAY[0]}


def test_named_files_and_directories_are_combined_and_nothing_else(project: Project) -> None:
    """CMB-01, CMB-02."""
    record(project, "a.py", data="strange name")
    record(project, "b.py", data="folder/.coverage.x")
    record(project, "c.py", data="folder/.other.x")
    record(project, "d.py", data=".coverage.1")
    assert project.cov("combine", "strange name", "folder").err == "Combined 2 files\n"
    assert set(lines_in(project.root / ".coverage")) == {"a.py", "b.py"}
    assert names(project) == {".coverage", ".coverage.1", "folder"}
    assert [path.name for path in (project.root / "folder").iterdir()] == [".other.x"]


def test_a_path_that_does_not_exist_is_an_error_before_anything_is_done(project: Project) -> None:
    """CMB-02."""
    record(project, "a.py", data=".coverage.1")
    message = project.fails("combine", ".coverage.1", "none")
    assert message == "cov: error: none: there is no such file or directory to combine"
    assert names(project) == {".coverage.1"}


def test_the_data_file_may_have_another_name_and_place(project: Project) -> None:
    """OPT-06, RUN-03."""
    record(project, "a.py", data="deep/my.data.1")
    assert project.cov("combine", "--data-file=deep/my.data").code == 0
    assert [path.name for path in (project.root / "deep").iterdir()] == ["my.data"]


def test_other_files_with_such_a_name_are_left_alone(project: Project) -> None:
    """LIM-47, REP-05."""
    record(project, "a.py", data="nb.1")
    project.write("nb.py", "x = 1\n")
    project.write("nb.txt", "text")
    assert project.cov("combine", "--data-file=nb").err == "Combined 1 file\n"
    assert {path.name for path in project.root.iterdir()} == {"a.py", "nb", "nb.py", "nb.txt"}


def test_a_damaged_file_is_named_and_left(project: Project) -> None:
    """COM-03, CMB-04, CMB-05."""
    whole = record(project, "a.py", data=".coverage.1").read_bytes()
    (project.root / ".coverage.2").write_bytes(whole[: len(whole) // 3])
    outcome = project.cov("combine")
    warning, notice = outcome.err.splitlines()
    assert outcome.code == 0
    assert warning.startswith("cov: warning: ")
    assert ".coverage.2" in warning
    assert notice == "Combined 1 file, 1 file errored"
    assert names(project) == {".coverage", ".coverage.2"}
    again = project.cov("combine")
    assert again.code == 1
    assert again.err.splitlines()[-1].startswith("cov: error: no usable data to combine for ")
    assert lines_in(project.root / ".coverage") == {"a.py": TRUE_WAY[0]}


def test_what_is_no_data_at_all_is_named_if_it_was_asked_for(project: Project) -> None:
    project.write("notes.txt", "text")
    assert project.fails("combine", "notes.txt").endswith(": not coverage data: notes.txt")
    assert (project.root / "notes.txt").read_text() == "text"


def test_lines_and_branches_cannot_be_combined(project: Project) -> None:
    """COM-05, LIM-46: both are named, and nothing is lost."""
    record(project, "a.py", data=".coverage.1", branch=True)
    record(project, "a.py", data=".coverage.2", branch=False)
    message = project.fails("combine")
    assert ".coverage.1" in message
    assert ".coverage.2" in message
    assert names(project) == {".coverage.1", ".coverage.2"}


def test_data_of_a_newer_schema_is_refused_with_what_to_upgrade(project: Project) -> None:
    """SCH-16."""
    path = record(project, "a.py")
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("update coverage_schema set version = 99")
    connection.close()
    message = project.fails("report")
    assert ".coverage" in message
    assert "99" in message
    assert "upgrade" in message


def test_paths_are_renamed_by_the_rules_of_the_config_file(project: Project) -> None:
    """PTH-01, PTH-02."""
    record(project, "there/src/a.py", data=".coverage.1")
    project.write("src/a.py", "x = 1\n")
    project.write(".coveragerc", "[paths]\nunused =\n  only one\nx =\n  src\n  */there/src\n")
    assert project.cov("combine").code == 0
    from cov_data import Reader

    with Reader(project.root / ".coverage") as reader:
        assert reader.files() == [str(project.root / "src" / "a.py")]


@pytest.mark.parametrize("verb", ["combine", "report"])
def test_a_bad_path_pattern_is_refused_with_file_section_and_key(
    project: Project, verb: str
) -> None:
    """CER-10."""
    record(project, "a.py", data=".coverage.1")
    project.write(".coveragerc", "[paths]\nok =\n  a\n  b\nbad =\n  src\n  there/*\n")
    message = project.fails(verb)
    assert message.startswith("cov: error: .coveragerc: [paths] bad: ")
    assert "there/*" in message
    assert names(project) == {".coverage.1", ".coveragerc"}


def test_erase_deletes_the_data_file_only(project: Project) -> None:
    """ERA-01: no parallel, no siblings; arguments are ignored."""
    record(project, "a.py")
    record(project, "a.py", data=".coverage.1")
    outcome = project.cov("erase", "ignored")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
    assert names(project) == {".coverage.1"}


def test_erase_deletes_siblings_when_runs_are_parallel(project: Project) -> None:
    """ERA-01."""
    project.write(".coveragerc", "[run]\nparallel = true\n")
    record(project, "a.py")
    record(project, "a.py", data=".coverage.1")
    record(project, "a.py", data="other.1")
    assert project.cov("erase").code == 0
    assert names(project) == {".coveragerc", "other.1"}


def journal(project: Project, number: int, *, live: bool, mode: str = "fresh") -> Path:
    """A journal of TRUE_WAY beside the data file; the live one is this very process's."""
    source = project.write("a.py", PROGRAM)
    writer = JournalWriter(branch=True, mode=mode, closed=not live, run=f"{number:032x}")
    writer.facts(str(source), *TRUE_WAY)
    return writer.save_beside(project.root / ".coverage", number)


def test_journals_are_data_for_reports_and_combine(project: Project) -> None:
    """REP-03: the program was killed, or nobody sealed its run."""
    path = journal(project, 1, live=False)
    outcome = project.cov("report", "--format=total")
    assert (outcome.code, outcome.out, outcome.err) == (0, "71\n", "Combined 1 file\n")
    assert not path.exists()


def test_journals_of_running_processes_are_read_and_left(project: Project) -> None:
    path = journal(project, 1, live=True, mode="parallel")
    for verb in ("combine", "report"):
        outcome = project.cov(verb)
        assert outcome.code == 0
        assert outcome.err.splitlines()[-1].endswith("left 1 file of running processes")
        assert path.exists()
    assert lines_in(project.root / ".coverage") == {"a.py": TRUE_WAY[0]}


def test_erase_deletes_journals_but_not_those_of_running_processes(project: Project) -> None:
    record(project, "a.py")
    done, live = journal(project, 1, live=False), journal(project, 2, live=True)
    assert project.cov("erase").code == 0
    assert names(project) == {live.name}
    assert not done.exists()


def test_facts_that_a_journal_lost_are_told(project: Project) -> None:
    """Design 3.1: what could not be stored is said in the report, not in the program."""
    source = project.write("a.py", PROGRAM)
    writer = JournalWriter(branch=True, closed=True, lost=3).facts(str(source), *TRUE_WAY)
    writer.save_beside(project.root / ".coverage")
    warning, notice = project.cov("combine").err.splitlines()
    assert warning.startswith("cov: warning: ")
    assert "3" in warning
    assert notice == "Combined 1 file"


def test_erase_is_content_with_nothing(project: Project) -> None:
    """ERA-01."""
    outcome = project.cov("erase", "--data-file=no/where")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "")
