"""What the packages say of themselves agrees with the tree, the noxfile and one another."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = sorted(path.parent for path in ROOT.glob("packages/*/pyproject.toml"))
EVERY_PACKAGE = pytest.mark.parametrize("folder", FOLDERS, ids=[path.name for path in FOLDERS])


def constant(file: Path, name: str) -> Any:
    """The literal value a module gives to a name at its top level, without running it."""
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return ast.literal_eval(node.value)
    raise LookupError(f"{file} does not define {name}")


def project(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def version(folder: Path) -> str:
    """A package's version, where it stands once."""
    meson = folder / "meson.build"
    if meson.exists():
        found = re.search(r"^\s*version:\s*'([^']+)'", meson.read_text("utf-8"), re.MULTILINE)
        assert found is not None, f"{meson} has no version"
        return found[1]
    module = folder.name.replace("-", "_")
    return str(constant(folder / "src" / module / "_version.py", "__version__"))


def test_the_tree_has_the_packages_that_the_noxfile_builds() -> None:
    built = constant(ROOT / "noxfile.py", "PACKAGES")
    assert sorted(built) == [folder.name for folder in FOLDERS]


@EVERY_PACKAGE
def test_classifiers_name_the_pythons_that_are_tested(folder: Path) -> None:
    pythons = constant(ROOT / "noxfile.py", "PYTHONS")
    prefix = "Programming Language :: Python :: "
    named = [c.removeprefix(prefix) for c in project(folder)["classifiers"] if c.startswith(prefix)]
    assert tuple(name for name in named if name.startswith("3.")) == pythons
    assert project(folder)["requires-python"] == f">={pythons[0]}"


def test_the_differential_runs_and_the_benchmarks_know_the_same_pythons() -> None:
    pythons = constant(ROOT / "noxfile.py", "PYTHONS")
    assert constant(ROOT / "tools" / "pythons.py", "PYTHONS") == pythons


def test_ci_looks_for_the_same_pythons() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    order = re.search(r"^order=\((.*)\)$", script, re.MULTILINE)
    assert order is not None
    assert sorted(order[1].split()) == list(constant(ROOT / "noxfile.py", "PYTHONS"))


@EVERY_PACKAGE
def test_a_package_declares_the_siblings_it_may_import(folder: Path) -> None:
    from .test_layers import SIBLINGS

    declared = {re.split(r"[<>=]", name)[0] for name in project(folder)["dependencies"]}
    assert {name.replace("-", "_") for name in declared} == SIBLINGS[folder.name.replace("-", "_")]


@EVERY_PACKAGE
def test_a_range_for_a_sibling_holds_its_version_and_ends_before_the_next_break(
    folder: Path,
) -> None:
    for requirement in project(folder)["dependencies"]:
        found = re.fullmatch(r"(cov-\w+)>=(\d+)\.(\d+),<(\d+)\.(\d+)", requirement)
        assert found is not None, f"{folder.name} requires {requirement}"
        low, high = (int(found[2]), int(found[3])), (int(found[4]), int(found[5]))
        major, minor, *_ = version(ROOT / "packages" / found[1]).split(".")
        assert low <= (int(major), int(minor)) < high
        assert high == (0, low[1] + 1)  # before 1.0 every minor version may break


@EVERY_PACKAGE
def test_a_package_has_all_that_its_users_look_for(folder: Path) -> None:
    module = folder / "src" / folder.name.replace("-", "_")
    for path in (folder / "README.md", folder / "LICENSE", folder / "CHANGELOG.md"):
        assert path.stat().st_size > 0
    assert (module / "py.typed").exists()
    assert (folder / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
    assert project(folder)["license"] == "Apache-2.0"


@EVERY_PACKAGE
def test_tool_settings_stand_in_the_root_only(folder: Path) -> None:
    tools = tomllib.loads((folder / "pyproject.toml").read_text("utf-8")).get("tool", {})
    assert set(tools) <= {"hatch", "meson-python"}


def test_the_root_is_no_package() -> None:
    root = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert "project" not in root and "build-system" not in root
