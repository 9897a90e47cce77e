"""`cov hook`: interpreters without the wheel are given the hook, and it is taken away again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.environments import (
    OURS,
    Environment,
    install,
    make_base,
    make_our_venv,
    make_venv,
)
from support.program import Outcome
from support.rights import without_privileges

FILES = {"cov_startup.pth"}
if sys.version_info >= (3, 15):
    FILES |= {"cov_startup_entry.start", "cov_startup.py"}

CHILDREN = """\
import subprocess, sys
for words in ([], ["-I"], ["-c", "import sys; sys.argv[0] = 'x'"]):
    subprocess.run([sys.argv[1], *words, "child.py"], check=True, env={})
"""
CHILD = """\
import sys
print([p for p in sys.path if "ours" in p], "cov_cli" in sys.modules)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder to work in."""
    path = tmp_path.resolve() / "work"
    path.mkdir()
    return path


@pytest.fixture
def ours(tmp_path: Path) -> Environment:
    """A venv with our wheels: the one whose cov is used."""
    return make_our_venv(tmp_path.resolve() / "ours")


@pytest.fixture
def other(tmp_path: Path) -> Environment:
    """A venv of the same Python, without anything."""
    return make_venv(tmp_path.resolve() / "other")


def tree(top: Path) -> list[str]:
    return sorted(str(path.relative_to(top)) for path in top.rglob("*"))


def hook_files(site: Path) -> set[str]:
    return {path.name for path in site.iterdir() if path.name.startswith("cov_startup")}


def test_the_wheels_own_hook_works(ours: Environment, folder: Path) -> None:
    done = ours.cov("hook", "status", cwd=folder)
    assert (done.code, done.err) == (0, ""), done
    first, second, third = done.out.splitlines()
    assert first.startswith(f"{ours.python}, CPython {sys.version_info.major}.")
    assert second == f"  hook   {ours.site / 'cov_startup.pth'}, from cov-cli 0.1.0"
    assert third == "  works  yes, with cov 0.1.0"


def test_an_interpreter_without_a_hook_is_told_of(
    ours: Environment, other: Environment, folder: Path
) -> None:
    done = ours.cov("hook", "status", "--python", other.python, cwd=folder)
    assert (done.code, done.err) == (1, "")
    _, second, third = done.out.splitlines()
    assert second == "  hook   none"
    way_out = f"cov hook install --python {other.python}"
    assert third == f"  works  no: it has no hook: {way_out}"


def test_a_hook_is_installed_works_and_leaves_nothing_behind(
    ours: Environment, other: Environment, folder: Path
) -> None:
    before = tree(other.site.parents[2])
    done = ours.cov("hook", "install", "--python", other.python, cwd=folder)
    assert (done.code, done.err) == (0, ""), done
    path = other.site / "cov_startup.pth"
    assert done.out.endswith(f": hook installed, with cov 0.1.0: {path}\n")
    assert hook_files(other.site) == FILES
    assert other.arms(folder)
    assert other.arms(folder, "-I")
    done = ours.cov("hook", "status", "--python", other.python, cwd=folder)
    assert done.code == 0
    assert f"  hook   {path}, from cov hook install\n" in done.out

    for name in FILES - {"cov_startup.pth"}:  # what it leaves when it runs alone
        assert (other.site / name).exists()
        path.unlink(missing_ok=True)
        assert other.arms(folder)
        assert (other.site / "__pycache__").is_dir()
    done = ours.cov("hook", "uninstall", "--python", other.python, cwd=folder)
    assert (done.code, done.err) == (0, ""), done
    assert tree(other.site.parents[2]) == before
    assert not other.arms(folder)
    done = ours.cov("hook", "uninstall", "--python", other.python, cwd=folder)
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith(": has no hook\n")


def test_children_in_the_other_interpreter_are_measured_and_see_nothing_of_it(
    ours: Environment, other: Environment, folder: Path
) -> None:
    assert ours.cov("hook", "install", other.python, cwd=folder).code == 0
    (folder / "prog.py").write_text(CHILDREN)
    (folder / "child.py").write_text(CHILD)
    done = ours.cov("run", "prog.py", other.python, cwd=folder)
    assert done == Outcome(0, "[] True\n[] True\n", ""), done
    done = ours.cov("report", "-m", cwd=folder)
    assert done.out.splitlines()[2].split() == ["child.py", "2", "0", "100%"]
    assert list(folder.glob(".coverage?*")) == []


def test_a_process_measures_itself_with_the_other_ones_cov(
    ours: Environment, other: Environment, folder: Path
) -> None:
    assert ours.cov("hook", "install", other.python, cwd=folder).code == 0
    (folder / "child.py").write_text(CHILD)
    (folder / "rc").write_text("[run]\nsource = .\n")
    done = other.run("child.py", cwd=folder, env={"COVERAGE_PROCESS_START": "rc"})
    assert done == Outcome(0, "[] True\n", "")
    assert ours.cov("report", "--format=total", cwd=folder).out == "100\n"


def test_places_with_odd_names_are_found(tmp_path: Path, folder: Path) -> None:
    odd = make_our_venv(tmp_path.resolve() / "o'u\"r é\\n%s{}")
    other = make_venv(tmp_path.resolve() / "other")
    assert odd.cov("hook", "install", other.python, cwd=folder).code == 0
    assert other.arms(folder)


def test_several_interpreters_are_done_in_one_go(
    ours: Environment, other: Environment, tmp_path: Path, folder: Path
) -> None:
    third = make_venv(tmp_path.resolve() / "third")
    words = ["--python", other.python, f"--python={third.python}", "no-python", ours.python]
    done = ours.cov("hook", "install", *words, cwd=folder)
    assert done.code == 1
    assert done.err == "cov: error: no-python: no such interpreter\n"
    assert done.out.count("hook installed") == 2
    assert done.out.count("has its hook") == 1
    done = ours.cov("hook", "status", other.python, third.python, ours.python, cwd=folder)
    assert (done.code, done.out.count("works  yes")) == (0, 3)


def test_installing_twice_changes_nothing(
    ours: Environment, other: Environment, folder: Path
) -> None:
    ours.cov("hook", "install", other.python, cwd=folder)
    first = (other.site / "cov_startup.pth").stat()
    done = ours.cov("hook", "install", other.python, cwd=folder)
    assert done.code == 0
    assert "has its hook, with cov 0.1.0" in done.out
    assert (other.site / "cov_startup.pth").stat().st_mtime_ns == first.st_mtime_ns


def test_a_hook_whose_cov_has_moved_is_told_of_and_made_anew(
    ours: Environment, other: Environment, tmp_path: Path, folder: Path
) -> None:
    elsewhere = make_our_venv(tmp_path.resolve() / "elsewhere")
    assert elsewhere.cov("hook", "install", other.python, cwd=folder).code == 0
    shutil.rmtree(tmp_path / "elsewhere")
    assert other.run("-c", "print(1)", cwd=folder) == Outcome(0, "1\n", "")
    done = ours.cov("hook", "status", other.python, cwd=folder)
    assert done.code == 1
    assert "  works  no: cov cannot be imported there: ModuleNotFoundError" in done.out
    assert ours.cov("hook", "install", other.python, cwd=folder).code == 0
    assert other.arms(folder)


def test_what_the_wheel_owns_is_not_removed(ours: Environment, folder: Path) -> None:
    before = hook_files(ours.site)
    done = ours.cov("hook", "uninstall", cwd=folder)
    assert (done.code, done.out) == (1, "")
    path = ours.site / "cov_startup.pth"
    way_out = f"{ours.python} -m pip uninstall cov-cli"
    assert done.err == f"cov: error: {path} belongs to cov-cli 0.1.0: {way_out}\n"
    assert hook_files(ours.site) == before


def test_what_is_left_of_a_wheel_can_be_removed(
    ours: Environment, other: Environment, folder: Path
) -> None:
    install(other.site, "cov-cli")
    for path in (*other.site.glob("*.dist-info"), other.site / "cov_cli"):
        shutil.rmtree(path)
    done = ours.cov("hook", "status", other.python, cwd=folder)
    assert f"  hook   {other.site / 'cov_startup.pth'}, left behind\n" in done.out
    assert ours.cov("hook", "uninstall", other.python, cwd=folder).code == 0
    assert list(other.site.iterdir()) == []


def test_a_hook_in_a_directory_that_site_does_not_look_at_is_none(
    ours: Environment, folder: Path
) -> None:
    # As `src` of an editable install.
    (folder / "src").mkdir()
    (folder / "src" / "cov_startup.pth").write_text("import os\n")
    (ours.site / "path.pth").write_text(f"{folder / 'src'}\n")
    done = ours.cov("hook", "status", cwd=folder)
    assert (done.code, done.out.count("  hook  ")) == (0, 1)


def test_a_wheel_of_which_half_is_gone_is_pips_to_repair(
    ours: Environment, other: Environment, folder: Path
) -> None:
    other.install(*OURS)
    shutil.rmtree(other.site / "cov_tracer")
    before = hook_files(other.site)
    done = ours.cov("hook", "install", other.python, cwd=folder)
    assert (done.code, done.out) == (1, "")
    assert "belongs to cov-cli 0.1.0 and has no effect: " in done.err
    python = other.python
    way_out = f"{python} -m pip uninstall cov-cli, then cov hook install --python {python}"
    assert done.err.endswith(f": {way_out}\n")
    assert hook_files(other.site) == before


def test_the_wheel_takes_over_a_hook_that_was_there(
    ours: Environment, other: Environment, folder: Path
) -> None:
    ours.cov("hook", "install", other.python, cwd=folder)
    install(other.site, *OURS)
    done = ours.cov("hook", "status", other.python, cwd=folder)
    assert done.code == 0
    assert f"{other.site / 'cov_startup.pth'}, from cov-cli 0.1.0" in done.out
    assert ours.cov("hook", "uninstall", other.python, cwd=folder).code == 1


def test_a_cov_that_is_only_on_pythonpath_is_enough(
    other: Environment, tmp_path: Path, folder: Path
) -> None:
    # As after `pip install --target`.
    target = tmp_path.resolve() / "target" / "site-packages"
    install(target, *OURS)
    env = {"PYTHONPATH": str(target)}
    assert other.cov("hook", "status", cwd=folder, env=env).code == 1
    done = other.cov("hook", "install", cwd=folder, env=env)
    assert (done.code, done.err) == (0, ""), done
    assert other.arms(folder, "-I")  # without the variable
    assert other.cov("hook", "status", cwd=folder, env=env).code == 0
    assert other.cov("hook", "uninstall", cwd=folder, env=env).code == 0
    assert not other.arms(folder)


def test_in_a_layered_venv_the_base_is_not_touched(
    ours: Environment, tmp_path: Path, folder: Path
) -> None:
    base = make_base(tmp_path.resolve() / "base")
    base.site.mkdir(parents=True, exist_ok=True)
    layered = make_venv(tmp_path.resolve() / "layered", system=True, base=tmp_path / "base")
    done = ours.cov("hook", "install", layered.python, cwd=folder)
    assert done.code == 0, done
    assert hook_files(layered.site) == FILES
    assert hook_files(base.site) == set()


def read_only(site: Path) -> None:
    site.mkdir(parents=True, exist_ok=True)
    site.chmod(0o555)


def test_without_the_right_to_write_it_says_what_is_missing(
    ours: Environment, other: Environment, folder: Path
) -> None:
    read_only(other.site)
    words = ["-m", "cov_cli", "hook", "install", other.python]
    done = ours.run(*words, cwd=folder, before=without_privileges)
    assert (done.code, done.out) == (1, "")
    start, _, rest = done.err.partition(": no hook could be written: ")
    assert start.startswith(f"cov: error: {other.python}, CPython 3.")
    import pwd

    me = pwd.getpwuid(os.geteuid()).pw_name
    who = f"{other.site} belongs to {me}, mode dr-xr-xr-x, and you are {me}"
    assert rest == (
        f"{other.site}: Permission denied ({who}); "
        "a virtual environment uses no directory for packages of a user\n"
    )
    assert hook_files(other.site) == set()


def test_without_the_right_to_write_for_all_it_is_written_for_the_user(
    ours: Environment, tmp_path: Path, folder: Path
) -> None:
    base = make_base(tmp_path.resolve() / "base")
    read_only(base.site)
    base.variables["PYTHONUSERBASE"] = str(tmp_path / "user")
    launcher = folder / "launcher"  # the interpreter of a base that lies elsewhere needs its home
    variables = "".join(f"export {name}='{value}'\n" for name, value in base.variables.items())
    launcher.write_text(f'#!/bin/sh\n{variables}exec {base.python} "$@"\n')
    launcher.chmod(0o755)
    words = ["-m", "cov_cli", "hook"]
    done = ours.run(*words, "install", str(launcher), cwd=folder, before=without_privileges)
    assert (done.code, done.err) == (0, ""), done
    assert str(tmp_path / "user") in done.out
    assert base.arms(folder)
    assert not base.arms(folder, "-s")
    done = ours.run(*words, "uninstall", str(launcher), cwd=folder)
    assert (done.code, done.err) == (0, ""), done
    assert not (tmp_path / "user").exists()


def other_versions() -> list[str]:
    found = [f"python3.{minor}" for minor in range(11, 16) if minor != sys.version_info.minor]
    running = []
    for name in found:
        done = subprocess.run(["sh", "-c", f"{name} -c 'pass'"], capture_output=True)
        running += [name] if done.returncode == 0 else []
    return running


def test_an_interpreter_that_the_tracer_was_not_built_for_gets_no_hook(
    ours: Environment, folder: Path
) -> None:
    names = other_versions()
    if not names:
        pytest.skip("there is only one version of Python here")
    done = ours.cov("hook", "install", names[0], cwd=folder)
    assert (done.code, done.out) == (1, "")
    assert "the cov that is running cannot work there" in done.err
    version = names[0].removeprefix("python")
    wanted = f"a cov-tracer for Python {version}: its source, or a wheel named "
    assert wanted in done.err
    done = ours.cov("hook", "status", "--python", names[0], cwd=folder)
    assert done.code == 1
    assert wanted in done.out


NO_PYTHON = {
    "nothing": ("no-such-python", "no such interpreter"),
    "another program": ("/bin/sh", "this is no Python, or a broken one: "),
    "one that repeats what it is told": ("/bin/ls", "this is no Python, or a broken one: "),
    "broken": ("./broken", "this is no Python, or a broken one: it gives no answer"),
    "old": ("./old", "this is cpython 3.10.4: cov measures CPython 3.11 and later"),
    "another kind": ("./pypy", "this is pypy 3.11.2: cov measures CPython 3.11 and later"),
}


@pytest.mark.parametrize("name", NO_PYTHON)
def test_what_is_no_python_that_can_be_measured_is_told(
    name: str, ours: Environment, folder: Path
) -> None:
    program, message = NO_PYTHON[name]
    answers = {
        "broken": "",
        "old": "{'version': (3, 10, 4), 'executable': 'x', 'implementation': 'cpython'}",
        "pypy": "{'version': (3, 11, 2), 'executable': 'x', 'implementation': 'pypy'}",
    }
    for file, answer in answers.items():
        (folder / file).write_text(f'#!/bin/sh\necho "{answer}"\n')
        (folder / file).chmod(0o755)
    for action in ("install", "status", "uninstall"):
        done = ours.cov("hook", action, program, cwd=folder)
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith(f"cov: error: {program}: {message}"), done
        assert done.err.count("\n") == 1
        assert len(done.err) < 300


@pytest.mark.parametrize("words", [[], ["reinstall"], ["--python=x"]])
def test_another_action_is_an_error(words: list[str], ours: Environment, folder: Path) -> None:
    done = ours.cov("hook", *words, cwd=folder)
    assert (done.code, done.out) == (1, "")
    assert "it is one of install, uninstall, status\n" in done.err


def test_a_broken_config_file_is_no_hindrance(ours: Environment, folder: Path) -> None:
    (folder / ".coveragerc").write_text("[run\n")
    assert ours.cov("hook", "status", cwd=folder).code == 0
