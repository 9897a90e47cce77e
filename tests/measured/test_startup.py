"""The startup hook: where it is active, where it is not noticed, and what it costs when idle.

Issue 3, "The startup hook, complete".
"""

from __future__ import annotations

import importlib.machinery
import importlib.metadata
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support.environments import (
    OURS,
    Environment,
    install,
    make_base,
    make_our_venv,
    make_venv,
    settings,
)
from support.program import Outcome

HOOK = ("cov_startup.pth", "cov_startup_entry.start", "cov_startup.py")
HAS_ENTRIES = pytest.mark.skipif(sys.version_info < (3, 15), reason="no .start files before 3.15")

MODULES = "import sys; print(*sorted(sys.modules))"


FLAGS = {
    "none": [],
    "isolated": ["-I"],
    "no environment": ["-E"],
    "no user site": ["-s"],
    "safe path": ["-P"],
    "development mode": ["-X", "dev"],
    "warnings are errors": ["-W", "error"],
    "no frozen modules": ["-X", "frozen_modules=off"],
    "optimized": ["-OO"],
}


@pytest.mark.parametrize("flags", FLAGS.values(), ids=FLAGS)
def test_the_wheel_arms_whatever_the_flags(
    flags: list[str], venv: Environment, folder: Path
) -> None:
    assert venv.arms(folder, *flags)


def test_without_site_there_is_no_hook(venv: Environment, folder: Path) -> None:
    assert not venv.arms(folder, "-S")


def test_a_venv_that_runs_the_hook_twice_is_measured_once(venv: Environment, folder: Path) -> None:
    (venv.site / "a_count.pth").write_text("import sys; sys.stdout.write('hooks ')\n")
    words = ["-c", "pass"]
    times = venv.run(*words, cwd=folder).out.split().count("hooks")
    assert times == (2 if sys.version_info < (3, 15) else 1)
    (venv.site / "a_count.pth").unlink()
    assert venv.arms(folder)  # which sees that there is but one journal


def test_idle_it_loads_nothing(tmp_path: Path, folder: Path) -> None:
    idle, other = make_our_venv(tmp_path / "idle"), make_venv(tmp_path / "other")
    # Reading any .pth file may make `site` load a codec.
    (other.site / "other.pth").write_text("import os\n")
    for env in ({}, {"COV_SETTINGS": "", "COVERAGE_PROCESS_START": ""}):
        found = idle.run("-c", MODULES, cwd=folder, env=env)
        assert found == other.run("-c", MODULES, cwd=folder, env=env)
        assert (found.code, found.err) == (0, "")


def test_armed_through_the_hook_it_loads_no_more_than_measuring_does(
    venv: Environment, tmp_path: Path, folder: Path
) -> None:
    # On 3.15 `site` would import pkgutil and re for the sake of the .start file.
    plain = make_venv(tmp_path / "plain")
    (plain.site / "other.pth").write_text("import os\n")
    before = set(plain.run("-c", MODULES, cwd=folder).out.split())
    after = set(venv.run("-c", MODULES, cwd=folder, env=settings(folder)).out.split())
    ours = {name for name in after - before if name.startswith("cov_")}
    assert after - before - ours <= {"_posixsubprocess"}  # where processes are created
    assert "cov_startup" not in after


LEFT = {
    "everything": HOOK,
    "the line": HOOK[:1],
    "the entry and its module": HOOK[1:],
    "the module": HOOK[2:],
}


@pytest.mark.parametrize("names", LEFT.values(), ids=LEFT)
@pytest.mark.parametrize("variable", ["COV_SETTINGS", "COVERAGE_PROCESS_START"])
def test_left_behind_without_its_package_it_is_silent(
    variable: str, names: tuple[str, ...], tmp_path: Path, folder: Path
) -> None:
    venv = make_venv(tmp_path / "venv")
    install(tmp_path / "all", "cov-cli")
    for name in names:
        (venv.site / name).write_bytes((tmp_path / "all" / name).read_bytes())
    env = {variable: settings(folder)["COV_SETTINGS"]}
    for flags in ([], ["-W", "error"], ["-X", "dev"]):
        assert venv.run(*flags, "-c", "print(1)", cwd=folder, env=env) == Outcome(0, "1\n", "")
    assert os.listdir(folder) == []


@pytest.mark.parametrize("package", ["cov_tracer", "cov_cli"])
def test_with_half_of_it_gone_it_is_silent(package: str, venv: Environment, folder: Path) -> None:
    (venv.site / package).rename(venv.site / "gone")
    assert not venv.arms(folder)


@HAS_ENTRIES
def test_the_entry_alone_arms(venv: Environment, folder: Path) -> None:
    # As from Python 3.18 on, where import lines of .pth files are passed over.
    (venv.site / "cov_startup.pth").unlink()
    assert venv.arms(folder)
    assert venv.arms(folder, "-W", "error")


@HAS_ENTRIES
def test_the_entry_alone_is_idle_where_nobody_measures(venv: Environment, folder: Path) -> None:
    (venv.site / "cov_startup.pth").unlink()
    ours = "import sys; print([n for n in sys.modules if n.startswith('cov')])"
    assert venv.run("-c", ours, cwd=folder) == Outcome(0, "['cov_startup']\n", "")


def test_a_venv_over_a_base_that_has_cov_is_measured(tmp_path: Path, folder: Path) -> None:
    base = make_base(tmp_path.resolve() / "base")
    base.install(*OURS)
    assert base.arms(folder)
    layered = make_venv(tmp_path / "layered", system=True, base=tmp_path / "base")
    assert layered.arms(folder)
    separate = make_venv(tmp_path / "separate", system=False, base=tmp_path / "base")
    assert not separate.arms(folder)


def test_a_venv_over_a_base_that_has_cov_too_is_measured_once(tmp_path: Path, folder: Path) -> None:
    base = make_base(tmp_path.resolve() / "base")
    base.install(*OURS)
    layered = make_venv(tmp_path / "layered", system=True, base=tmp_path / "base")
    layered.install(*OURS)
    assert layered.arms(folder)


def test_an_environment_that_is_laid_over_another_by_a_hook_is_measured(
    venv: Environment, tmp_path: Path, folder: Path
) -> None:
    # As `uv run --with` does.
    overlay = make_venv(tmp_path / "overlay")
    line = f"import site; site.addsitedir({str(venv.site)!r})\n"
    (overlay.site / "_overlay.pth").write_text(line)
    assert overlay.arms(folder)


def test_a_user_site_is_measured_unless_it_is_off(tmp_path: Path, folder: Path) -> None:
    base = make_base(tmp_path.resolve() / "base")
    base.variables["PYTHONUSERBASE"] = str(tmp_path / "user")
    code = "import site; print(site.getusersitepackages())"
    site = Path(base.run("-c", code, cwd=folder).out.strip())
    assert tmp_path in site.parents
    install(site, *OURS)
    assert base.arms(folder)
    assert not base.arms(folder, "-s")


def test_an_editable_install_is_measured(tmp_path: Path, folder: Path) -> None:
    source = Path(__file__).resolve().parents[2] / "packages" / "cov-cli"
    built = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, hatchling.build as b; print(b.build_editable(sys.argv[1]))",
            str(tmp_path),
        ],
        cwd=source,
        capture_output=True,
        text=True,
    )
    assert built.returncode == 0, built.stderr
    venv = make_venv(tmp_path / "venv")
    venv.install(*(name for name in OURS if name != "cov-cli"))
    with zipfile.ZipFile(tmp_path / built.stdout.split()[-1]) as wheel:
        wheel.extractall(venv.site)
    assert not (venv.site / "cov_cli").exists()
    assert venv.arms(folder)


# What the .pth file of an editable install of meson-python's does: tell where the extension
# modules were built.
BUILT_ELSEWHERE = """\
import importlib.util, sys

class Built:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name in {places!r}:
            return importlib.util.spec_from_file_location(name, {places!r}[name])

sys.meta_path.insert(0, Built)
"""


def test_a_tracer_that_was_built_elsewhere_saves_its_data(tmp_path: Path, folder: Path) -> None:
    venv = make_our_venv(tmp_path / "venv")
    build = tmp_path / "build"
    build.mkdir()
    places = {}
    for file in (venv.site / "cov_tracer").iterdir():
        if file.name.endswith(tuple(importlib.machinery.EXTENSION_SUFFIXES)):
            places[f"cov_tracer.{file.name.partition('.')[0]}"] = str(build / file.name)
            file.rename(build / file.name)
    assert places.keys() == {"cov_tracer._tracer", "cov_tracer._bulk"}
    (venv.site / "_built_elsewhere.py").write_text(BUILT_ELSEWHERE.format(places=places))
    (venv.site / "cov-tracer-editable.pth").write_text("import _built_elsewhere\n")
    (folder / "prog.py").write_text("print('ran')\n")
    assert venv.cov("run", "prog.py", cwd=folder) == Outcome(0, "ran\n", "")
    assert [path.name for path in folder.glob(".coverage*")] == [".coverage"]


def test_the_wheel_brings_every_file_of_the_hook() -> None:
    files = importlib.metadata.files("cov-cli")
    assert files is not None
    assert {str(file) for file in files} >= set(HOOK)
