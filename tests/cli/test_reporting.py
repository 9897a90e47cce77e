"""report and json: the way from a data file to a report and an exit code."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from cli.recording import FALSE_WAY, PROGRAM, TRUE_WAY, lines_in, record, save
from cli.running import Project
from support.tools import run_tool

from cov_data import FileRecord

TEXT = """\
Name    Stmts   Miss Branch BrPart  Cover   Missing
---------------------------------------------------
a.py        5      1      2      1    71%   4
---------------------------------------------------
TOTAL       5      1      2      1    71%
"""


def total(project: Project, *words: str) -> str:
    outcome = project.cov("report", "--format=total", *words)
    assert (outcome.code, outcome.err) == (0, ""), outcome
    return outcome.out.strip()


def reported(project: Project, *words: str) -> set[str]:
    """The files in the report."""
    outcome = project.cov("json", "-q", "-o", "-", *words)
    assert (outcome.code, outcome.err) == (0, ""), outcome
    return set(json.loads(outcome.out)["files"])


def test_the_report_goes_to_stdout(project: Project) -> None:
    record(project, "a.py")
    outcome = project.cov("report", "-m")
    assert (outcome.code, outcome.out, outcome.err) == (0, TEXT, "")


def test_siblings_are_combined_into_the_data_first(project: Project) -> None:
    """REP-03, REP-04."""
    record(project, "a.py", TRUE_WAY)
    record(project, "a.py", FALSE_WAY, data=".coverage.1")
    outcome = project.cov("report", "--format=total")
    assert (outcome.code, outcome.out, outcome.err) == (0, "100\n", "Combined 1 file\n")
    assert not (project.root / ".coverage.1").exists()
    assert total(project) == "100"


def test_combined_files_may_be_kept_and_the_notice_silenced(project: Project) -> None:
    """OPT-15, OPT-24: here report has -q as well."""
    record(project, "a.py", data=".coverage.1")
    for verb in ("report", "json"):
        assert project.cov(verb, "-q", "--keep-combined").err == ""
    assert (project.root / ".coverage.1").exists()


@pytest.mark.parametrize("verb", ["report", "json"])
def test_without_data_there_is_no_report_and_no_file(project: Project, verb: str) -> None:
    """REP-08, REP-09."""
    assert project.fails(verb) == "cov: error: no data to report: there is no .coverage"
    assert list(project.root.iterdir()) == []


def test_when_every_file_is_left_out_there_is_no_report(project: Project) -> None:
    """REP-08."""
    record(project, "a.py")
    assert project.fails("report", "--omit=*").startswith("cov: error: no data to report")


def test_the_json_report_goes_to_a_file_with_a_notice(project: Project) -> None:
    """REP-13, OPT-20."""
    record(project, "a.py")
    outcome = project.cov("json", "--pretty-print", "-o", "deep/x.json")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == "Wrote JSON report to deep/x.json\n"
    text = (project.root / "deep" / "x.json").read_text()
    assert text.startswith('{\n    "meta"')
    assert json.loads(text)["files"]["a.py"]["missing_branches"] == [[2, 4]]


def test_the_json_report_goes_to_stdout_without_one(project: Project) -> None:
    """REP-13."""
    record(project, "a.py")
    outcome = project.cov("json", "-o", "-")
    assert (outcome.code, outcome.err) == (0, "")
    assert json.loads(outcome.out)["totals"]["num_statements"] == 5


def test_errors_never_mix_with_the_report_on_stdout(project: Project) -> None:
    """LIM-51."""
    project.fails("json", "-o", "-")


def test_settings_of_the_config_file_are_in_force(project: Project) -> None:
    record(project, "a.py")
    project.write(
        "pyproject.toml",
        "[tool.coverage.report]\nshow_missing = true\nformat = 'markdown'\nprecision = 1\n"
        "exclude_also = ['return 2']\n[tool.coverage.json]\noutput = 'out.json'\n",
    )
    assert "| a.py " in project.cov("report").out
    assert "100.0%" in project.cov("report").out
    assert project.cov("json").err == "Wrote JSON report to out.json\n"


def test_exclusions_replace_the_built_in_ones_or_add_to_them(project: Project) -> None:
    """CFG-14, EXC-18."""
    record(project, "a.py")
    project.write("a.py", PROGRAM.replace("return 2", "return 2  # pragma: no cover"))
    assert total(project) == "100"
    for setting, expected in (("exclude_also", "100"), ("exclude_lines", "71")):
        project.write(".coveragerc", f"[report]\n{setting} = nothing\n")
        assert total(project) == expected
    project.write("a.py", PROGRAM.replace("if x:", "if x:  # pragma: no branch"))
    for setting, expected in (("partial_also", "86"), ("partial_branches", "71")):
        project.write(".coveragerc", f"[report]\n{setting} = nothing\n")
        assert total(project) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--include=a.py"], {"a.py"}),
        (["--include=sub/*"], {os.path.join("sub", "b.py")}),
        (["--omit=*/sub/*"], {"a.py"}),
        (["--include=*.py", "--omit=a.py"], {os.path.join("sub", "b.py")}),
        (["a.py"], {"a.py"}),
    ],
)
def test_files_are_chosen_by_patterns_and_names(
    project: Project, words: list[str], expected: set[str]
) -> None:
    """REP-01, REP-10."""
    record(project, "a.py", data=".coverage.1")
    record(project, "sub/b.py", data=".coverage.2")
    project.cov("combine", "-q")
    assert reported(project, *words) == expected


def test_patterns_of_run_have_no_say_in_reports(project: Project) -> None:
    """REP-10."""
    record(project, "a.py")
    project.write(".coveragerc", "[run]\nomit = a.py\n")
    assert reported(project) == {"a.py"}


def test_a_file_that_was_never_measured_is_reported_as_not_run(project: Project) -> None:
    """REP-01."""
    record(project, "a.py")
    project.write("b.py", PROGRAM)
    assert total(project, "b.py") == "0"


def test_contexts_narrow_the_report(project: Project) -> None:
    """OPT-05, CTX-03."""
    record(project, "a.py", TRUE_WAY, data=".coverage.1", context="one")
    record(project, "a.py", FALSE_WAY, data=".coverage.2", context="two")
    project.cov("combine", "-q")
    assert total(project) == "100"
    assert total(project, "--contexts=^on") == "71"
    outcome = project.cov("json", "-o", "-", "--show-contexts", "--contexts=two")
    assert json.loads(outcome.out)["files"]["a.py"]["contexts"]["4"] == ["two"]


def test_paths_are_renamed_while_reporting_without_touching_the_data(project: Project) -> None:
    """REP-15."""
    old = os.path.join(os.sep, "elsewhere", "src", "a.py")
    lines, arcs = TRUE_WAY
    path = save(project, ".coverage", [FileRecord(old, "", frozenset(lines), frozenset(arcs))])
    before = path.read_bytes()
    project.write("src/a.py", PROGRAM)
    project.write(".coveragerc", "[paths]\nx =\n  src\n  /elsewhere/src\n")
    assert reported(project) == {os.path.join("src", "a.py")}
    assert path.read_bytes() == before


@pytest.mark.parametrize("verb", ["report", "json"])
def test_a_total_below_the_threshold_is_exit_code_2(project: Project, verb: str) -> None:
    """EXI-03, FLU-03: the report is there, the message on stderr."""
    record(project, "a.py")
    outcome = project.cov(verb, "-q", "--fail-under=80")
    assert outcome.code == 2
    assert outcome.err.startswith("Coverage failure:")
    assert "71" in outcome.err
    assert "80" in outcome.err
    assert outcome.out if verb == "report" else (project.root / "coverage.json").exists()
    assert project.cov(verb, "-q", "--fail-under=71").code == 0


@pytest.mark.parametrize("verb", ["report", "json"])
def test_a_senseless_threshold_is_noticed_before_the_report(project: Project, verb: str) -> None:
    """EXI-14, LIM-50."""
    record(project, "a.py", data=".coverage.1")
    project.write(".coveragerc", "[report]\nfail_under = 101\n")
    message = project.fails(verb)
    assert message == ("cov: error: .coveragerc: [report] fail_under: not between 0 and 100: 101.0")
    assert (project.root / ".coverage.1").exists()


def test_an_empty_project_meets_any_threshold_in_every_format(project: Project) -> None:
    """FLU-05, LIM-50."""
    source = project.write("empty.py", "")
    save(project, ".coverage", [FileRecord(str(source), "", frozenset({1}), None)])
    for verb in ("report", "json"):
        assert project.cov(verb, "--fail-under=100").code == 0


def test_source_that_is_gone_is_an_error_or_a_warning(project: Project) -> None:
    """REP-11, OPT-12."""
    record(project, "a.py", data=".coverage.1")
    record(project, "b.py", data=".coverage.2")
    project.cov("combine", "-q")
    (project.root / "b.py").unlink()
    assert "b.py" in project.fails("report")
    outcome = project.cov("report", "-i")
    assert outcome.code == 0
    assert outcome.err.startswith("cov: warning: b.py ")
    assert "a.py" in outcome.out


def test_source_that_no_longer_parses_is_an_error_or_a_warning(project: Project) -> None:
    """REP-12."""
    record(project, "a.py")
    project.write("a.py", "def f(:\n")
    assert "a.py:1 is not Python source: " in project.fails("report")
    assert project.cov("report", "-i").code == 1  # nothing is left to report


def test_one_broken_file_does_not_hide_the_others(project: Project) -> None:
    record(project, "fine.py", data=".coverage.1")
    record(project, "gone.py", data=".coverage.2")
    project.cov("combine", "-q")
    project.write("gone.py", "x = 1\nif x\n")
    assert "gone.py:2 is not Python source: expected ':'" in project.fails("report")
    outcome = project.cov("report", "-i")
    assert outcome.code == 0
    assert outcome.err.startswith("cov: warning: gone.py is left out: ")
    assert "gone.py:2 is not Python source: expected ':'" in outcome.err
    assert [line.split()[0] for line in outcome.out.splitlines()[2:-2]] == ["fine.py"]


def test_data_that_is_no_data_is_an_error(project: Project) -> None:
    """REP-04, SCH-16."""
    project.write(".coverage", "not a database, but long enough to look at")
    for verb in ("report", "json"):
        message = project.fails(verb)
        assert ".coverage" in message
    assert not (project.root / "coverage.json").exists()


@pytest.mark.parametrize("words", [["--sort=size"], ["--format=pdf"], ["--precision=-1"]])
def test_bad_layout_options_are_refused_before_anything_is_combined(
    project: Project, words: list[str]
) -> None:
    """CER-13."""
    path = record(project, "a.py", data=".coverage.1")
    flag = words[0].partition("=")[0]
    assert project.fails("report", *words).startswith(f"cov: error: {flag}: no")
    assert path.exists()


def test_sorting_by_branches_needs_branches(project: Project) -> None:
    """TXT-07."""
    record(project, "a.py", branch=False)
    assert "branch" in project.fails("report", "--sort=branch")


def test_a_report_that_cannot_be_written_leaves_no_half_file(project: Project) -> None:
    """REP-13."""
    record(project, "a.py")
    project.write("file", "")
    assert "file" in project.fails("json", "-o", "file/below.json")


def test_data_of_coverage_py_is_reported_with_its_own_numbers(project: Project) -> None:
    """Drop-in: its parallel files, implicitly combined, and the total it would give."""
    project.write("a.py", PROGRAM)
    for _ in range(2):
        run_tool("coverage", "run", "--branch", "-p", "a.py", cwd=project.root)
    ours = project.cov("report", "-m", "--keep-combined")
    assert ours.err in ("Combined 2 files\n", "Combined 1 file, skipped 1\n")
    assert ours.out == TEXT
    assert lines_in(Path(".coverage"))["a.py"] >= TRUE_WAY[0]
    assert run_tool("coverage", "report", "-m", cwd=project.root).out == ours.out
