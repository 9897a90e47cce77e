"""Processes: the last line of a report, `cov debug processes`, and `complete`."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli.recording import record
from cli.running import Project
from data.journals import own_start
from data.ledgers import GONE, LedgerWriter
from support.environments import OURS as DISTRIBUTIONS
from support.environments import install, make_base

SILENT, REASON = "python -S tools/gen.py", "runs without site"


def leave(project: Project, *silent: str, measured: int = 1, run: str = "11" * 16) -> LedgerWriter:
    """The ledger of a parallel run with some processes, beside the data file."""
    log = LedgerWriter(mode="parallel", run=run).began(GONE).armed(GONE, 0.1, "python prog.py")
    for number in range(1, measured):
        pid = GONE + number
        place = f"{project.root}/prog.py:{number}"
        log.start(GONE, number, "python child.py", child=pid, place=place)
        log.armed(pid, number + 0.1, "python child.py", ppid=GONE).ended(pid, number + 0.5)
    for number, words in enumerate(silent, start=100):
        place = f"{project.root}/build.py:{number}"
        log.start(GONE, number, words, child=GONE + number, place=place)
    log.save_beside(project.root / ".coverage")
    return log


def last_line(project: Project, *words: str) -> str:
    """What `cov report` says on stderr, the notice of the combine apart."""
    outcome = project.cov("report", *words)
    assert outcome.code == 0, outcome
    lines = outcome.err.splitlines()
    assert len([line for line in lines if line.startswith("processes:")]) <= 1
    return lines[-1] if lines else ""


# ---- the last line of a report ---------------------------------------------------------------


def test_a_report_ends_with_the_processes(project: Project) -> None:
    record(project, "a.py")
    leave(project, SILENT, measured=13)
    assert last_line(project) == (
        "processes: 14 started, 13 measured, "
        "1 silent (python -S tools/gen.py, from build.py:100: runs without site)"
    )


@pytest.mark.parametrize("format", ["text", "markdown", "total"])
def test_it_is_on_stderr_so_that_the_total_stays_last_on_stdout(
    project: Project, format: str
) -> None:
    record(project, "a.py")
    before = project.cov("report", f"--format={format}")
    leave(project, measured=2)
    after = project.cov("report", f"--format={format}")
    assert after.out == before.out
    assert (before.err, after.err) == ("", "processes: 2 started, 2 measured\n")


def test_where_both_streams_go_one_way_it_comes_last(project: Project) -> None:
    import sys

    record(project, "a.py")
    leave(project, measured=2)
    command = [sys.executable, "-m", "cov_cli", "report"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    assert done.stdout.decode().splitlines()[-1].startswith("processes: 2 started")


def test_a_report_for_programs_has_no_such_line(project: Project) -> None:
    record(project, "a.py")
    leave(project, SILENT, measured=2)
    assert project.cov("json", "-q", "-o", "-").err == ""


def test_nothing_is_said_of_a_program_of_one_process(project: Project) -> None:
    record(project, "a.py")
    leave(project)
    assert last_line(project) == ""


def test_several_runs_of_one_process_each_are_nothing_to_talk_about(project: Project) -> None:
    record(project, "a.py")
    for run in ("11" * 16, "22" * 16):
        leave(project, run=run)
    assert last_line(project) == ""


def test_other_programs_and_questions_to_python_do_not_count(project: Project) -> None:
    record(project, "a.py")
    leave(project, "git status", "python --version")
    assert last_line(project) == ""


def test_of_many_silent_ones_three_are_named(project: Project) -> None:
    record(project, "a.py")
    leave(project, *(f"python -S t{number}.py" for number in range(5)))
    assert last_line(project) == (
        "processes: 6 started, 1 measured, 5 silent ("
        "python -S t0.py, from build.py:100: runs without site; "
        "python -S t1.py, from build.py:101: runs without site; "
        "python -S t2.py, from build.py:102: runs without site; "
        "and 2 more: cov debug processes)"
    )


def test_quiet_leaves_out_only_what_is_well(project: Project) -> None:
    record(project, "a.py")
    leave(project, measured=2)
    assert last_line(project, "-q") == ""
    leave(project, SILENT, run="22" * 16)
    assert "1 silent" in last_line(project, "-q")


def test_the_line_is_there_again_in_the_next_report(project: Project) -> None:
    record(project, "a.py")
    leave(project, SILENT)
    assert last_line(project) == last_line(project) != ""
    assert [path.name for path in project.root.iterdir()].count(".coverage") == 1
    assert list(project.root.glob("*.cov-ledger-journal")) == []


def test_troubles_are_warnings_each_once(project: Project) -> None:
    record(project, "a.py")
    log = leave(project)
    for _ in range(2):
        log.record("trouble", GONE, 3, text="no room for the facts of process 7")
    log.save_beside(project.root / ".coverage")
    outcome = project.cov("report")
    assert outcome.err == "cov: warning: no room for the facts of process 7\n"


def test_scripts_of_python_are_known_by_their_first_line(project: Project) -> None:
    record(project, "a.py")
    script = project.write("tool", "#!/usr/bin/env python3\n")
    leave(project, str(script))
    assert "1 silent (tool, from build.py:100: " in last_line(project)


# ---- the table -------------------------------------------------------------------------------


def test_all_processes_are_listed_below_who_started_them(project: Project) -> None:
    record(project, "a.py")
    log = leave(project, SILENT, "git status", measured=2)
    log.armed(GONE + 77, 50, how="fork", ppid=GONE + 1, file="/far/pool.py", line=8)
    log.start(GONE, 200, "python x.py", child=78, executable="/usr/bin/python", kept_out=1)
    log.record("trouble", GONE, 201, text="half of it")
    log.save_beside(project.root / ".coverage")
    outcome = project.cov("debug", "processes")
    assert (outcome.code, outcome.err) == (0, "")
    top, child, silent, git = (GONE + number for number in (0, 1, 100, 101))
    found = [" ".join(line.split()) for line in outcome.out.splitlines()]
    assert found == [
        "pid started measured ended from command",
        f"{top} run yes cut short python prog.py",
        f"{child} subprocess yes ended prog.py:1 python child.py",
        f"{GONE + 77} fork yes cut short /far/pool.py:8 python child.py",
        f"{silent} subprocess no not known build.py:100 {SILENT}: {REASON}",
        f"{git} subprocess - not known build.py:101 git status",
        "78 subprocess in another run not known /work/build.py:41 python x.py",
        "cut short: ended by os._exit, a signal or a crash; what ran until then is measured",
        "in another run: the program gave it settings of its own; its data is where those say",
        "unknown: half of it",
        f"processes: 4 started, 3 measured, 1 silent ({SILENT}, from build.py:100: {REASON})",
    ]
    indents = [line.index("python ") for line in outcome.out.splitlines()[1:4]]
    assert indents == [indents[0], indents[0] + 2, indents[0] + 4]


def test_a_process_that_runs_is_said_to(project: Project) -> None:
    record(project, "a.py")
    log = LedgerWriter(mode="parallel").began(os.getpid())
    log.armed(os.getpid(), 0.1, "python prog.py", token=own_start())
    path = log.save_beside(project.root / ".coverage")
    outcome = project.cov("debug", "processes")
    assert " running " in outcome.out
    assert path.exists()
    assert outcome.out.endswith("processes: 1 started, 1 measured\n")
    assert "cut short" not in outcome.out and "in another run" not in outcome.out


def test_each_of_several_runs_has_a_heading(project: Project) -> None:
    record(project, "a.py")
    for run in ("11" * 16, "22" * 16):
        leave(project, run=run, measured=2)
    lines = project.cov("debug", "processes").out.splitlines()
    assert [line for line in lines if line.startswith("run ")] == [
        f"run {run} on {os.uname().nodename.replace('.', '_')}" for run in ("11" * 16, "22" * 16)
    ]
    assert lines[-1] == "processes: 4 started, 4 measured"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "nothing to tell: name a topic: processes"),
        (["process"], "no such topic: 'process'; there is processes"),
        (["sys"], "cov does not have this topic yet: 'sys'; there is processes"),
    ],
)
def test_a_topic_is_needed(project: Project, words: list[str], message: str) -> None:
    outcome = project.cov("debug", *words)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == f"cov: error: {message}\nTry 'cov help debug'.\n"


def test_without_data_or_ledger_there_is_nothing_to_list(project: Project) -> None:
    assert "there is no .coverage" in project.fails("debug", "processes")
    record(project, "a.py")
    assert "does not tell which processes" in project.fails("debug", "processes")
    assert "there is no else" in project.fails("debug", "processes", "--data-file=else")


# ---- complete --------------------------------------------------------------------------------


def test_a_silent_process_is_named_once(project: Project) -> None:
    record(project, "a.py")
    leave(project, SILENT, measured=2)
    outcome = project.cov("report", "--complete")
    assert outcome.code == 3
    assert outcome.err.splitlines()[-2:] == [
        "processes: 3 started, 2 measured, 1 silent",
        INCOMPLETE,
    ]


def test_what_is_to_be_pasted_into_a_shell_is_quoted(project: Project) -> None:
    record(project, "a.py")
    log = leave(project)
    place = f"{project.root}/my build.py:3"
    python = "/far away/python3"
    log.start(GONE, 5, [python, "my tool.py"], child=7, executable=python, place=place)
    log.save_beside(project.root / ".coverage")
    assert last_line(project) == (
        "processes: 2 started, 1 measured, 1 silent (python3 'my tool.py', from 'my build.py:3': "
        "its Python has no cov hook: cov hook install --python '/far away/python3')"
    )


INCOMPLETE = (
    "cov: error: not complete: python -S tools/gen.py, from build.py:100: "
    "runs without site: start it without -S"
)


@pytest.mark.parametrize("verb", ["report", "json", "combine"])
def test_a_silent_process_is_an_error_where_all_are_wanted(project: Project, verb: str) -> None:
    record(project, "a.py", data=".coverage.1")
    leave(project, SILENT, measured=2)
    outcome = project.cov(verb, "--complete")
    assert outcome.code == 3
    assert outcome.err.splitlines()[-1] == INCOMPLETE
    assert (project.root / ".coverage").exists()
    assert (project.root / "coverage.json").exists() == (verb == "json")
    assert ("TOTAL" in outcome.out) == (verb == "report")


def test_the_setting_does_what_the_option_does(project: Project) -> None:
    project.write(".coveragerc", "[run]\ncomplete = true\n")
    record(project, "a.py")
    leave(project, measured=2)
    assert project.cov("report").code == 0
    leave(project, SILENT, run="22" * 16)
    assert project.cov("report").code == 3


def test_what_is_missing_counts_before_the_total(project: Project) -> None:
    record(project, "a.py")
    leave(project, SILENT)
    assert project.cov("report", "--fail-under=99").code == 2
    assert project.cov("report", "--fail-under=99", "--complete").code == 3


def test_other_programs_may_be_missing(project: Project) -> None:
    record(project, "a.py")
    leave(project, "git status", "python -V")
    assert project.cov("report", "--complete").code == 0


@pytest.mark.parametrize(
    ("values", "way_out"),
    [
        ({"executable": "/usr/bin/python"}, "reason not known: see cov debug processes"),
        ({"executable": "/far/python3"}, "no cov hook: cov hook install --python /far/python3"),
    ],
)
def test_the_way_out_is_named(project: Project, values: dict[str, str], way_out: str) -> None:
    record(project, "a.py")
    log = leave(project)
    log.start(GONE, 5, "python x.py", child=7, **values)
    log.save_beside(project.root / ".coverage")
    outcome = project.cov("json", "-q", "--complete")
    assert outcome.code == 3
    assert outcome.err.startswith("cov: error: not complete: python x.py, from /work/build.py:41: ")
    assert outcome.err.endswith(f"{way_out}\n")


OURS = f"python3.{sys.version_info.minor}"
OTHER = f"python3.{sys.version_info.minor + 1}"


@pytest.mark.skipif(os.name == "nt", reason="names and links of POSIX")
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (OURS, "its Python has no cov hook: cov hook install --python {}"),
        (OTHER, "its Python has no cov hook: cov hook install --python {}"),
        (f"{OTHER}t", "its Python has no cov hook: cov hook install --python {}"),
        ("python3.10", "its Python is 3.10: cov measures 3.11 and later"),
    ],
)
@pytest.mark.parametrize("known_by", ["name", "link", "venv"])
def test_the_way_out_for_another_python_goes_by_its_version(
    project: Project, name: str, reason: str, known_by: str
) -> None:
    """What is compiled for one version is of no use to another."""
    python = project.root / "far" / "bin" / (name if known_by == "name" else "python")
    python.parent.mkdir(parents=True)
    if known_by == "link":
        python.symlink_to(name)
    elif known_by == "venv":
        version = name.removeprefix("python").rstrip("t")
        project.write("far/pyvenv.cfg", f"home = /usr/bin\nversion = {version}.1\n")
    record(project, "a.py")
    log = leave(project)
    log.start(GONE, 5, "python x.py", child=7, executable=str(python))
    log.save_beside(project.root / ".coverage")
    outcome = project.cov("json", "-q", "--complete")
    assert outcome.code == 3
    assert outcome.err.endswith(f": {reason.format(python)}\n")


@pytest.mark.skipif(os.name == "nt", reason="a base of links")
@pytest.mark.parametrize("flag", ["-s", "-I"])
def test_a_python_without_the_user_site_that_cov_lies_in_is_told(tmp_path: Path, flag: str) -> None:
    base = make_base(tmp_path.resolve() / "base")
    base.variables["PYTHONUSERBASE"] = str(tmp_path / "user")
    code = "import site; print(site.getusersitepackages())"
    install(Path(base.run("-c", code, cwd=tmp_path).out.strip()), *DISTRIBUTIONS)
    text = f"import subprocess, sys\nsubprocess.run([sys.executable, {flag!r}, '-c', '1'])\n"
    (tmp_path / "prog.py").write_text(text)
    assert base.cov("run", "prog.py", cwd=tmp_path).code == 0
    done = base.cov("report", "--complete", cwd=tmp_path)
    assert done.code == 3, done
    assert done.err.endswith(
        ": runs without the user site (-s, -I), where cov lies: install cov for all users\n"
    )


def test_data_that_knows_no_processes_is_not_known_to_be_complete(project: Project) -> None:
    record(project, "a.py")
    outcome = project.cov("report", "--complete")
    assert outcome.code == 3
    assert outcome.err == (
        "cov: error: not complete: .coverage does not tell which processes there were: "
        "measure with cov run, without a patch setting\n"
    )


# ---- the files -------------------------------------------------------------------------------


def test_a_ledger_alone_is_something_to_combine(project: Project) -> None:
    leave(project)
    outcome = project.cov("combine")
    assert (outcome.code, outcome.err) == (0, "")
    assert [path.name for path in project.root.iterdir()] == [".coverage"]


def test_erase_deletes_ledgers_but_those_of_running_processes(project: Project) -> None:
    leave(project)
    assert project.cov("erase").code == 0
    assert list(project.root.iterdir()) == []
    log = LedgerWriter().began().armed(os.getpid(), 1, token=own_start())
    path = log.save_beside(project.root / ".coverage")
    assert project.cov("erase").code == 0
    assert path.exists()


def test_a_ledger_that_cannot_be_read_is_a_warning(project: Project) -> None:
    record(project, "a.py")
    path = Path(f".coverage.box.{'11' * 16}.cov-ledger-journal")
    path.mkdir()
    assert project.cov("report").code == 0
    path.rmdir()
    path.symlink_to("nowhere")
    assert project.cov("report").code == 0
