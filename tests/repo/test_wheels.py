"""What an installed package puts on a user's disk: its modules, its hook, its licence."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from pathlib import Path

import pytest

from cov_cli import hooks

from .tree import ROOT, files

SRC = ROOT / "packages" / "cov-cli" / "src"
NAMES = sorted(path.parent.name for path in ROOT.glob("packages/*/pyproject.toml"))
EVERY_PACKAGE = pytest.mark.parametrize("name", NAMES)


def installed(name: str) -> set[str]:
    """The files of an installed wheel, below site-packages."""
    try:
        files = importlib.metadata.files(name)
    except importlib.metadata.PackageNotFoundError:
        pytest.skip(f"{name} is not installed: use nox -s tests")
    assert files is not None
    return {str(file) for file in files if "__pycache__" not in file.parts}


def sources(name: str) -> set[str]:
    """The same, as the tree has them."""
    folder = ROOT / "packages" / name / "src"
    return {path.relative_to(folder).as_posix() for path in files(folder)}


@EVERY_PACKAGE
def test_a_wheel_holds_every_source_file_and_nothing_else(name: str) -> None:
    found = {
        file
        for file in installed(name)
        if ".dist-info/" not in file and not file.endswith((".so", ".pyd"))
    }
    scripts = {file for file in found if file.startswith("../")}
    assert found - scripts == sources(name)
    assert {Path(script).stem for script in scripts} == ({"cov"} if name == "cov-cli" else set())


@EVERY_PACKAGE
def test_only_the_tracer_is_compiled(name: str) -> None:
    compiled = [file for file in installed(name) if file.endswith((".so", ".pyd"))]
    assert len(compiled) == (2 if name == "cov-tracer" else 0)  # what measures, and what reads


@EVERY_PACKAGE
def test_a_wheel_carries_its_licence(name: str) -> None:
    assert any(file.endswith("dist-info/licenses/LICENSE") for file in installed(name))


def run_hook(setting: str | None, path: str) -> subprocess.CompletedProcess[str]:
    """Run the hook's line as `site` would, with nothing of ours but `path` to import from."""
    hook = (ROOT / "packages" / "cov-cli" / "src" / "cov_startup.pth").read_text("utf-8")
    code = f"import os, sys; sys.path.insert(0, {path!r}); before = set(sys.modules)\n"
    code += f"exec({hook!r})\nprint(sorted(set(sys.modules) - before))"
    command = [sys.executable, "-I", "-S", "-c", code]
    environment = {} if setting is None else {"COV_SETTINGS": setting}
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def test_the_hook_is_one_line_that_site_will_run() -> None:
    lines = (ROOT / "packages" / "cov-cli" / "src" / "cov_startup.pth").read_text("utf-8")
    assert lines.count("\n") == 1 and lines.startswith("import ") and lines.endswith("\n")


def test_the_hook_in_the_wheel_is_the_one_that_cov_hook_writes() -> None:
    found = {name: (SRC / name).read_text("utf-8") for name in (hooks.LINE, hooks.MODULE)}
    assert found == {hooks.LINE: hooks.line(), hooks.MODULE: hooks.module()}
    assert (SRC / hooks.ENTRY).read_text("utf-8") == hooks.ENTRY_TEXT


def test_the_hook_imports_nothing_where_nobody_measures(tmp_path: Path) -> None:
    done = run_hook(None, str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


def test_the_hook_is_silent_when_its_package_is_gone(tmp_path: Path) -> None:
    done = run_hook("1\ndata_file=x", str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "[]\n", "")


def test_the_hook_is_silent_when_its_package_is_broken(tmp_path: Path) -> None:
    package = tmp_path / "cov_cli" / "measured"
    package.mkdir(parents=True)
    for folder in (package, package.parent):
        (folder / "__init__.py").write_text("")
    (package / "session.py").write_text("raise RuntimeError('half removed')")
    done = run_hook("1\ndata_file=x", str(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
