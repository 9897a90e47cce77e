"""Sources that change after they were measured: no report shows old facts on new lines."""

from __future__ import annotations

import json
import os

import pytest
from cli.running import Project
from support.program import CORES

PROGRAM = """\
import helper
helper.choose(1)
"""
HELPER = """\
def choose(x):
    if x:
        return 1
    return 2
"""
NOTE = "cov: warning: nothing is known of what has changed since it was measured: helper.py "


@pytest.fixture
def measured(project: Project) -> Project:
    project.write("main.py", PROGRAM)
    project.write("helper.py", HELPER)
    outcome = project.cov("run", "--branch", "--source=.", "main.py")
    assert (outcome.code, outcome.err) == (0, "")
    return project


def change(project: Project) -> None:
    project.write("helper.py", f"# One\n# Two\n{HELPER}")


def row(project: Project, *words: str) -> list[str]:
    """The cells of helper.py's row in the text report."""
    lines = project.cov("report", *words).out.splitlines()
    (found,) = [line.split() for line in lines if line.startswith("helper.py")]
    return found


def test_a_source_that_is_as_it_was_is_reported(measured: Project) -> None:
    assert row(measured) == ["helper.py", "4", "1", "2", "1", "67%"]
    assert measured.cov("report").err == ""


def test_a_changed_source_is_unknown_and_the_report_says_so(measured: Project) -> None:
    change(measured)
    outcome = measured.cov("report")
    assert outcome.code == 0
    reason = "has changed since it was measured"
    assert row(measured) == ["helper.py", "?", "?", "?", "?", "?%", *reason.split()]
    markdown = measured.cov("report", "--format=markdown", "-m").out
    assert f"?% |{reason} |" in markdown
    assert outcome.out.splitlines()[-1].split() == ["TOTAL", "2", "0", "0", "0", "?%"]
    assert measured.cov("report", "--format=total").out == "?\n"
    assert outcome.err.startswith(NOTE)


def test_lines_below_an_insertion_do_not_get_the_old_facts(measured: Project) -> None:
    change(measured)
    report = json.loads(measured.cov("json", "-o", "-").out)
    assert list(report["files"]) == ["main.py"]
    assert report["unknown_files"] == {"helper.py": "has changed since it was measured"}
    totals = report["totals"]
    assert (totals["num_statements"], totals["covered_lines"]) == (2, 2)
    assert totals["percent_covered"] is None
    assert totals["percent_branches_covered_display"] == "?"


def test_an_option_or_a_setting_believes_the_facts_as_ever(measured: Project) -> None:
    change(measured)
    expected = ["helper.py", "4", "3", "2", "0", "17%"]  # facts of lines 1 to 4 on lines 3 to 6
    assert row(measured, "--allow-changed") == expected
    measured.write(".coveragerc", "[report]\nallow_changed = true\n")
    assert row(measured) == expected
    assert NOTE not in measured.cov("report").err


def test_a_threshold_is_never_met_while_something_is_unknown(measured: Project) -> None:
    """A false green is worse than none."""
    assert measured.cov("report", "--fail-under=50").code == 0
    change(measured)
    outcome = measured.cov("report", "--fail-under=50")
    assert outcome.code == 2
    assert outcome.err.endswith(
        "Coverage failure: the total is not known, since nothing is known of 1 file\n"
    )
    assert measured.cov("report", "--fail-under=30", "--allow-changed").code == 0


def test_when_all_that_was_measured_has_changed_there_is_no_total(measured: Project) -> None:
    change(measured)
    message = measured.fails("report", "--format=total", "helper.py")
    assert message.startswith("cov: error: no data to report; nothing is known of what has changed")


def test_a_pragma_may_be_added_afterwards(measured: Project) -> None:
    measured.write("helper.py", HELPER.replace("return 2", "return 2  # pragma: no cover"))
    assert row(measured) == ["helper.py", "3", "0", "0", "0", "100%"]


def test_line_ends_and_times_do_not_matter(measured: Project) -> None:
    path = measured.root / "helper.py"
    path.write_bytes(HELPER.replace("\n", "\r\n").encode())
    os.utime(path, (1, 1))
    assert row(measured) == ["helper.py", "4", "1", "2", "1", "67%"]


def test_runs_of_different_sources_are_not_mixed(measured: Project) -> None:
    change(measured)
    assert measured.cov("run", "--append", "--branch", "--source=.", "main.py").code == 0
    outcome = measured.cov("report")
    assert outcome.err.splitlines()[0] == (
        "cov: warning: nothing is known of what differs between the combined runs: helper.py "
        "(omit it, or report with allow_changed)"
    )
    assert row(measured)[1] == "?"


def test_a_file_that_never_ran_may_change(measured: Project) -> None:
    measured.write("unused.py", HELPER)
    assert measured.cov("run", "--branch", "--source=.", "main.py").code == 0
    measured.write("unused.py", f"x = 1\n{HELPER}")
    outcome = measured.cov("report")
    assert "unused.py       5      5" in outcome.out
    assert outcome.err == ""


def test_a_killed_process_leaves_what_is_needed_to_tell(project: Project) -> None:
    project.write("helper.py", HELPER)
    project.write("main.py", f"{PROGRAM}import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    assert project.cov("run", "--branch", "--source=.", "main.py").code == -9
    change(project)
    outcome = project.cov("report")
    assert NOTE in outcome.err
    assert "main.py" in outcome.out


@pytest.mark.parametrize("core", CORES)
def test_every_event_source_notes_the_source(project: Project, core: str) -> None:
    project.write("main.py", PROGRAM)
    project.write("helper.py", HELPER)
    assert project.cov("run", "--source=.", "main.py", env={"COVERAGE_CORE": core}).code == 0
    change(project)
    assert row(project)[1] == "?"
