"""COVERAGE_PROCESS_START and process_startup(): processes that measure themselves (reference 5.4).

And never both tools by accident, where coverage.py is installed too.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from support.environments import OURS, Environment, make_base, make_venv
from support.program import Outcome

START = "COVERAGE_PROCESS_START"
TWO_WAYS = """\
import sys
if len(sys.argv) > 1:
    print("with")
else:
    print("without")
"""


@pytest.fixture
def folder(folder: Path) -> Path:
    """A folder with a program and a config file."""
    (folder / "prog.py").write_text(TWO_WAYS)
    (folder / "rc").write_text("[run]\nsource = .\n")
    return folder


@pytest.fixture
def both(venv: Environment) -> Environment:
    """A venv with our wheels and coverage.py, whose hook comes along."""
    venv.install("coverage")
    assert "process_startup" in (venv.site / "a1_coverage.pth").read_text()
    return venv


def missing(venv: Environment, folder: Path, **env: str) -> dict[str, list[int]]:
    done = venv.cov("json", "-q", "-o", "-", cwd=folder, env=env)
    assert (done.code, done.err) == (0, ""), done
    files: dict[str, Any] = json.loads(done.out)["files"]
    return {name: file["missing_lines"] for name, file in files.items()}


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob(".coverage*"))


def test_a_process_measures_itself(venv: Environment, folder: Path) -> None:
    # PST-01, PST-04.
    done = venv.run("prog.py", cwd=folder, env={START: "rc"})
    assert done == Outcome(0, "without\n", "")
    assert left(folder) == [".coverage"]
    assert missing(venv, folder) == {"prog.py": [3]}


def test_an_empty_variable_says_nothing(venv: Environment, folder: Path) -> None:
    assert venv.run("prog.py", cwd=folder, env={START: ""}) == Outcome(0, "without\n", "")
    assert left(folder) == []


def test_empty_settings_keep_a_process_out(venv: Environment, folder: Path) -> None:
    done = venv.run("prog.py", cwd=folder, env={START: "rc", "COV_SETTINGS": ""})
    assert done == Outcome(0, "without\n", "")
    assert left(folder) == []


def test_processes_one_after_the_other_add_to_the_data(venv: Environment, folder: Path) -> None:
    # PST-06: with coverage.py the second replaces what the first has saved.
    venv.run("prog.py", cwd=folder, env={START: "rc"})
    venv.run("prog.py", "x", cwd=folder, env={START: "rc"})
    assert missing(venv, folder) == {"prog.py": []}


def test_processes_at_the_same_time_lose_nothing(venv: Environment, folder: Path) -> None:
    lines = "".join(f"if sys.argv[1] == '{n}':\n    print\n" for n in range(6))
    (folder / "worker.py").write_text(f"import sys\n{lines}")
    (folder / "start.py").write_text(
        "import subprocess, sys\n"
        "many = [subprocess.Popen([sys.executable, 'worker.py', str(n)]) for n in range(6)]\n"
        "print([one.wait() for one in many])\n"
    )
    # Without site, so that each worker begins a run of its own.
    done = venv.run("-S", "start.py", cwd=folder, env={START: "rc"})
    assert done == Outcome(0, "[0, 0, 0, 0, 0, 0]\n", "")
    assert missing(venv, folder)["worker.py"] == []
    assert left(folder) == [".coverage"]


def test_parallel_gives_each_process_a_file(venv: Environment, folder: Path) -> None:
    (folder / "rc").write_text("[run]\nsource = .\nparallel = true\n")
    venv.run("prog.py", cwd=folder, env={START: "rc"})
    venv.run("prog.py", "x", cwd=folder, env={START: "rc"})
    assert len(left(folder)) == 2 and ".coverage" not in left(folder)
    assert venv.cov("combine", "-q", cwd=folder).code == 0
    assert missing(venv, folder) == {"prog.py": []}


def test_the_processes_it_starts_are_of_its_run(venv: Environment, folder: Path) -> None:
    (folder / "start.py").write_text(
        "import os, subprocess, sys\n"
        "subprocess.run([sys.executable, '../prog.py', 'x'], cwd='sub', env={}, check=True)\n"
        "pid = os.fork()\n"
        "if not pid:\n"
        "    os._exit(0)\n"
        "os.waitpid(pid, 0)\n"
        "os.execv(sys.executable, [sys.executable, 'prog.py'])\n"
    )
    (folder / "sub").mkdir()
    done = venv.run("start.py", cwd=folder, env={START: "rc"})
    assert done == Outcome(0, "with\nwithout\n", "")
    assert missing(venv, folder) == {"prog.py": [], "start.py": []}
    assert left(folder) == [".coverage"]


def test_a_killed_process_leaves_its_data_to_the_report(venv: Environment, folder: Path) -> None:
    (folder / "killed.py").write_text("import os\nos.kill(os.getpid(), 9)\nx = 1\n")
    assert venv.run("killed.py", cwd=folder, env={START: "rc"}).code == -9
    assert missing(venv, folder)["killed.py"] == [3]


def test_settings_come_from_the_file_and_the_environment(venv: Environment, folder: Path) -> None:
    (folder / "setup.cfg").write_text("[coverage:run]\nbranch = true\ninclude = prog.py\n")
    env = {START: "setup.cfg", "COVERAGE_FILE": "data/other"}
    venv.run("prog.py", cwd=folder, env=env)
    assert os.listdir(folder / "data") == ["other"]
    done = venv.cov("report", cwd=folder, env=env)
    assert done.out.splitlines()[2].split() == ["prog.py", "4", "1", "2", "1", "67%"]


WRONG = {
    "no file": ("nothing", None, "nothing: cannot read this config file: No such file"),
    "a directory": (".", None, ".: cannot read this config file: Is a directory"),
    "a wrong value": ("rc", "[run]\nbranch = ture\n", "rc: [run] branch: not a boolean: 'ture'"),
    "no sense": ("rc", "[run]\ncore = x\n", "rc: [run] core: no such core: 'x'"),
    "no place": ("rc", "[run]\ndata_file = prog.py/data\n", "no data can be written there"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_config_file_that_is_no_good_is_told_in_one_line(
    name: str, venv: Environment, folder: Path
) -> None:
    # PST-07.
    path, text, message = WRONG[name]
    if text is not None:
        (folder / "rc").write_text(text)
    for flags in ([], ["-W", "error"]):
        done = venv.run(*flags, "prog.py", cwd=folder, env={START: path})
        assert (done.code, done.out) == (0, "without\n")
        assert done.err.startswith("cov: error: COVERAGE_PROCESS_START: ")
        assert message in done.err
        assert done.err.endswith(": this process is not measured\n")
        assert done.err.count("\n") == 1
    assert left(folder) == []


def test_a_misspelt_setting_is_told_by_the_next_report(venv: Environment, folder: Path) -> None:
    settings = (folder / "rc").read_text()
    (folder / "typo").write_text(f"[run]\nbrnach = true\n{settings.removeprefix('[run]')}")
    for _ in range(2):
        done = venv.run("prog.py", cwd=folder, env={START: "typo"})
        assert done.err == ""
    warning = "typo: [run] brnach: no such option, ignored; did you mean branch? (unknown-setting)"
    done = venv.cov("report", cwd=folder)
    assert done.err.count("brnach") == 1
    assert f"cov: warning: COVERAGE_PROCESS_START: {warning}\n" in done.err
    # Who reads the same file has just been told.
    done = venv.cov("report", "--rcfile=typo", cwd=folder)
    assert done.err.count("brnach") == 1
    assert f"cov: warning: {warning}\n" in done.err


def test_a_closed_stderr_does_no_harm(venv: Environment, folder: Path) -> None:
    command = f"{venv.python} prog.py 2>&-"
    code = f"import os; os.execv('/bin/sh', ['sh', '-c', {command!r}])"
    done = venv.run("-S", "-c", code, cwd=folder, env={START: "nothing"})
    assert done == Outcome(0, "without\n", "")


def test_commands_of_cov_do_not_measure_themselves(venv: Environment, folder: Path) -> None:
    script = folder / "cov"
    script.write_text("import sys\nfrom cov_cli.main import main\nsys.exit(main())\n")
    for words in (["-m", "cov_cli", "erase"], ["-mcov_cli", "erase"], [str(script), "erase"]):
        venv.run("prog.py", cwd=folder, env={START: "rc"})
        assert left(folder) == [".coverage"]
        done = venv.run(*words, cwd=folder, env={START: str(folder / "rc")})
        assert done == Outcome(0, "", "")
        assert left(folder) == []


def test_cov_run_measures_once_and_takes_the_variables_out(venv: Environment, folder: Path) -> None:
    (folder / "prog.py").write_text("import os\nprint([n for n in os.environ if 'PROCESS' in n])\n")
    env = {START: "rc", "COVERAGE_PROCESS_CONFIG": "{}"}
    assert venv.cov("run", "--source=.", "prog.py", cwd=folder, env=env).out == "[]\n"
    assert left(folder) == [".coverage"]
    assert missing(venv, folder) == {"prog.py": []}


def test_a_program_can_start_it_and_learns_whether_it_did(venv: Environment, folder: Path) -> None:
    # PST-03.
    (folder / "prog.py").write_text(
        "from cov_cli import Session, process_startup\n"
        "first = process_startup()\n"
        "again = process_startup(slug='x')\n"
        "import worker\n"
        "forced = process_startup(force=True)\n"
        "worker.f(1)\n"
        "print(isinstance(first, Session), again, isinstance(forced, Session), forced is first)\n"
    )
    (folder / "worker.py").write_text("def f(x):\n    return x\ny = 1\nif not y:\n    z = 1\n")
    (venv.site / "cov_startup.pth").unlink()
    for name in ("cov_startup_entry.start", "cov_startup.py"):
        (venv.site / name).unlink()
    done = venv.run("prog.py", cwd=folder, env={START: "rc"})
    assert done == Outcome(0, "True None True False\n", "")
    assert missing(venv, folder)["worker.py"] == [5]
    assert left(folder) == [".coverage"]


def test_where_the_hook_has_started_it_a_program_gets_none(venv: Environment, folder: Path) -> None:
    (folder / "prog.py").write_text("import cov_cli\nprint(cov_cli.process_startup())\n")
    assert venv.run("prog.py", cwd=folder).out == "None\n"
    assert left(folder) == []
    assert venv.run("prog.py", cwd=folder, env={START: "rc"}).out == "None\n"
    assert missing(venv, folder) == {"prog.py": []}


def test_sitecustomize_may_start_it(venv: Environment, folder: Path) -> None:
    # As the manual of coverage.py taught for years.
    (venv.site / "cov_startup.pth").unlink()
    for name in ("cov_startup_entry.start", "cov_startup.py"):
        (venv.site / name).unlink()
    (venv.site / "start.pth").write_text("import cov_cli; cov_cli.process_startup()\n")
    done = venv.run("prog.py", cwd=folder, env={START: "rc"})
    assert done == Outcome(0, "without\n", "")
    assert missing(venv, folder) == {"prog.py": [3]}


TOOLS = """
import sys
measuring = "cov_tracer" in sys.modules
theirs = sys.modules.get("coverage")
theirs = theirs is not None and theirs.Coverage.current() is not None
print("cov" if measuring else "", "coverage" if theirs else "")
"""


def tools(done: Outcome) -> list[str]:
    assert (done.code, done.err) == (0, ""), done
    return done.out.split()


def test_with_both_tools_the_variable_is_for_coverage(both: Environment, folder: Path) -> None:
    (folder / "prog.py").write_text(TOOLS)
    assert tools(both.run("prog.py", cwd=folder, env={START: "rc"})) == ["coverage"]
    assert tools(both.run("prog.py", cwd=folder)) == []


def test_with_both_tools_cov_run_is_for_cov(both: Environment, folder: Path) -> None:
    (folder / "child.py").write_text(TOOLS)
    code = "import subprocess, sys\nsubprocess.run([sys.executable, 'child.py'], check=True)\n"
    (folder / "prog.py").write_text(f"{code}{TOOLS}")
    for env in ({}, {START: "rc"}):
        assert tools(both.cov("run", "prog.py", cwd=folder, env=env)) == ["cov", "cov"]
        assert set(missing(both, folder)) == {"child.py", "prog.py"}


def test_with_both_tools_coverage_run_is_for_coverage(both: Environment, folder: Path) -> None:
    (folder / "child.py").write_text(TOOLS)
    code = "import subprocess, sys\nsubprocess.run([sys.executable, 'child.py'], check=True)\n"
    (folder / "prog.py").write_text(f"{code}{TOOLS}")
    (folder / "rc").write_text("[run]\nsource = .\npatch = subprocess\n")
    for env in ({}, {START: "rc"}):
        words = ["-m", "coverage", "run", "--rcfile=rc", "prog.py"]
        assert tools(both.run(*words, cwd=folder, env=env)) == ["coverage", "coverage"]


def test_without_a_hook_of_its_own_coverage_leaves_the_variable_to_cov(
    both: Environment, folder: Path
) -> None:
    (both.site / "a1_coverage.pth").unlink()
    (folder / "prog.py").write_text(TOOLS)
    assert tools(both.run("prog.py", cwd=folder, env={START: "rc"})) == ["cov"]


@pytest.mark.parametrize("name", ["theirs.pth", "sitecustomize.py"])
def test_a_hook_that_a_user_wrote_for_coverage_counts(
    name: str, both: Environment, folder: Path
) -> None:
    (both.site / "a1_coverage.pth").unlink()
    (both.site / name).write_text("import coverage; coverage.process_startup()\n")
    (folder / "prog.py").write_text(TOOLS)
    both.variables["PYTHONPATH"] = str(both.site)  # before a sitecustomize of the system
    assert tools(both.run("prog.py", cwd=folder, env={START: "rc"})) == ["coverage"]


def test_coverage_in_the_layer_below_counts(tmp_path: Path, folder: Path) -> None:
    base = make_base(tmp_path.resolve() / "base")
    base.install("coverage")
    layered = make_venv(tmp_path.resolve() / "layered", system=True, base=tmp_path / "base")
    layered.install(*OURS)
    (folder / "prog.py").write_text(TOOLS)
    assert tools(layered.run("prog.py", cwd=folder, env={START: "rc"})) == ["coverage"]
    separate = make_venv(tmp_path.resolve() / "separate", base=tmp_path / "base")
    separate.install(*OURS)
    assert tools(separate.run("prog.py", cwd=folder, env={START: "rc"})) == ["cov"]
