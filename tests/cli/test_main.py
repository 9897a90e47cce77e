"""The command as a process: verbs, exit codes, streams, and what it costs to start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from cli.running import Project

from cov_cli import __version__
from cov_cli.commands import COMMANDS

# What no verb may load before it is known what is to be done: `cov run` goes through there.
HEAVY = ("cov_analysis", "cov_data", "cov_report", "cov_tracer", "sqlite3", "tomllib", "typing")
HEAVY_TOO = (
    "dataclasses",
    "pathlib",
    "shutil",
    "configparser",
    "tempfile",
    "subprocess",
    "argparse",
    "re",
)


def test_without_arguments_it_greets(project: Project) -> None:
    """CLI-03."""
    outcome = project.cov()
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"cov, version {__version__}, ")
    assert "cov help" in outcome.out


def test_the_version_is_one_line(project: Project) -> None:
    """CLI-09."""
    outcome = project.cov("--version")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.count("\n") == 1
    assert outcome.out.startswith(f"cov, version {__version__}, on cpython 3.")


@pytest.mark.parametrize("words", [["help"], ["--help"], ["-h"]])
def test_the_overview_lists_every_command(project: Project, words: list[str]) -> None:
    """CLI-04, CLI-10."""
    outcome = project.cov(*words)
    assert (outcome.code, outcome.err) == (0, "")
    for verb, command in COMMANDS.items():
        assert any(
            line.split()[:1] == [verb] and line.endswith(command.summary)
            for line in outcome.out.splitlines()
        )


@pytest.mark.parametrize("verb", COMMANDS)
def test_help_about_a_command_can_be_had_in_two_ways(project: Project, verb: str) -> None:
    """CLI-10, OPT-11."""
    outcome = project.cov("help", verb)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(f"usage: cov {verb} [options]")
    assert project.cov(verb, "--help") == outcome


def test_several_topics_are_answered_and_an_unknown_one_is_no_error(project: Project) -> None:
    """CLI-10, EXI-15."""
    outcome = project.cov("help", "erase", "nonsense", "version")
    assert (outcome.code, outcome.err) == (0, "")
    assert "usage: cov erase" in outcome.out
    assert "no help about 'nonsense'" in outcome.out
    assert "cov, version" in outcome.out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["rport"], "no such command: 'rport'; did you mean report?"),
        (["rep"], "no such command: 'rep'; did you mean report?"),
        (["nonsense"], "no such command: 'nonsense'"),
        (["--verison"], "no such option before a command: --verison; did you mean --version?"),
        (["--debug=sys"], "no such option before a command: --debug=sys"),
        (["html"], "cov does not have this command yet: 'html'"),
        (["report", "--nope"], "no such option: --nope"),
        (["report", "--omti=x"], "no such option: --omti; did you mean --omit?"),
        (["report", "--branch"], "no such option: --branch; it is one of cov run"),
        (["report", "--precision=x"], "--precision: not an integer: 'x'"),
    ],
)
def test_a_usage_error_is_told_on_stderr_with_a_pointer_to_the_help(
    project: Project, words: list[str], message: str
) -> None:
    """CLI-02, CLI-04, CLI-07, CLI-08."""
    outcome = project.cov(*words)
    verb = " report" if words[0] == "report" else ""
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == f"cov: error: {message}\nTry 'cov help{verb}'.\n"


def test_an_ambiguous_option_names_the_candidates(project: Project) -> None:
    """CLI-06."""
    message = project.fails("report", "--skip")
    assert "--skip-covered" in message
    assert "--skip-empty" in message


@pytest.mark.parametrize("verb", ["run", "combine", "report", "json", "erase"])
def test_a_broken_config_file_stops_every_command(project: Project, verb: str) -> None:
    """CFG-10, CER-01: file, section and key are named."""
    project.write("setup.cfg", "[coverage:run]\nbranch = ture\n")
    assert project.fails(verb, *(["x.py"] if verb == "run" else [])) == (
        "cov: error: setup.cfg: [coverage:run] branch: not a boolean: 'ture'"
    )


def test_unknown_settings_are_warnings_of_one_line_each(project: Project) -> None:
    """CFG-11, LIM-54."""
    project.write(".coveragerc", "[run]\nbrunch = 1\n[runs]\n")
    outcome = project.cov("erase")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == (
        "cov: warning: .coveragerc: [run] brunch: no such option, ignored; did you mean "
        "branch? (unknown-setting)\n"
        "cov: warning: .coveragerc: [runs]: no such section, ignored; did you mean run? "
        "(unknown-setting)\n"
    )


def test_a_reader_that_goes_away_is_no_trouble(project: Project) -> None:
    """As in `cov help run | head -1`."""
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "cov_cli", "help", "report"]
    done = subprocess.run(command, stdout=writer, stderr=subprocess.PIPE, timeout=60)
    os.close(writer)
    assert (done.returncode, done.stderr) == (141, b"")


def test_a_closed_stdout_is_no_trouble(project: Project) -> None:
    script = f'exec "{sys.executable}" -m cov_cli erase >&-'
    if os.name == "nt":
        pytest.skip("a shell that closes descriptors")
    done = subprocess.run(["sh", "-c", script], stderr=subprocess.PIPE, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_function_can_be_called_however_it_was_imported(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    """Importing the module of that name binds it to the package, in the function's place."""
    script = (
        "import cov_cli\n"
        "assert cov_cli.main(['erase']) == 0\n"
        "import cov_cli.main\n"
        "from cov_cli import main\n"
        "from cov_cli.main import main as inner\n"
        "assert main(['erase']) == cov_cli.main(['erase']) == inner(['erase']) == 0\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def test_the_public_names_are_there() -> None:
    import cov_cli

    for name in cov_cli.__all__:
        assert getattr(cov_cli, name) is not None
        assert name in dir(cov_cli)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        cov_cli.nothing  # type: ignore[attr-defined]  # noqa: B018


def loaded_by(script: str) -> set[str]:
    """The modules that it loads in a Python that has as few as possible."""
    lines = (
        "import sys; before = set(sys.modules)",
        f"sys.path[:] = {sys.path}",
        script,
        "print(*sorted(set(sys.modules) - before))",
    )
    command = [sys.executable, "-I", "-S", "-c", "\n".join(lines)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize("config", ["", "[metadata]\nname = x\n"])
def test_reading_the_command_line_of_run_loads_little(project: Project, config: str) -> None:
    """Design 3.3: nothing that `cov run` does before it hands over may take long."""
    project.write("setup.cfg", config)
    project.write("pyproject.toml", config)
    loaded = loaded_by(
        "from cov_cli.main import _options\n"
        "from cov_cli.parsing import Parser\n"
        "words = ['--branch', '--source=.', 'x.py', '--help']\n"
        "assert _options('run', Parser('run').read(words).settings).branch"
    )
    names = {name.partition(".")[0] for name in loaded}
    assert "cov_cli" in names
    assert not names & {*HEAVY, *HEAVY_TOO}
    assert Path("setup.cfg").exists()


def test_a_small_report_loads_nothing_for_archives_and_other_processes(project: Project) -> None:
    project.write("prog.py", "x = 1\n")
    project.cov("run", "--source=.", "prog.py")
    loaded = loaded_by("from cov_cli.main import main; assert main(['report']) == 0")
    assert "cov_report.gathering" in loaded
    assert not loaded & {"cov_report.crew", "pickle", "shutil", "subprocess", "zipfile"}
