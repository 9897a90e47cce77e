"""Changes are told to users in fragments (changelog.d) that a release collects."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONFIG = tomllib.loads((ROOT / "towncrier.toml").read_text("utf-8"))["tool"]["towncrier"]
PACKAGES = sorted(path.parent for path in ROOT.glob("packages/*/pyproject.toml"))
FRAGMENTS = [
    path
    for package in PACKAGES
    for path in sorted((package / CONFIG["directory"]).iterdir())
    if path.name not in CONFIG["ignore"]
]


@pytest.mark.parametrize("package", PACKAGES, ids=lambda path: path.name)
def test_a_package_has_a_history_or_a_fragment_that_will_start_one(package: Path) -> None:
    history = (package / CONFIG["filename"]).read_text("utf-8")
    before, marker, released = history.partition(CONFIG["start_string"])
    assert marker and before.startswith("# ")
    assert released.strip() or any(path.is_relative_to(package) for path in FRAGMENTS)
    assert (package / CONFIG["directory"] / "README.md").exists()


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_a_fragment_is_named_for_an_issue_and_a_kind(path: Path) -> None:
    kinds = "|".join(kind["directory"] for kind in CONFIG["type"])
    assert re.fullmatch(rf"\d+\.({kinds})(\.\d+)?\.md", path.name)


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: f"{path.parts[-3]}/{path.name}")
def test_a_fragment_is_one_sentence(path: Path) -> None:
    text = " ".join(path.read_text("utf-8").split())
    assert text.endswith(".") and text[0].isupper()
    assert not re.search(r"[.!?] [A-Z]", text), "more than one sentence"
