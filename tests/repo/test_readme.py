"""The README keeps what it promises: its commands exist, its report is there, links lead on."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    path
    for pattern in ("*.md", "docs/**/*.md", "packages/*/*.md", "packages/*/changelog.d/README.md")
    for path in sorted(ROOT.glob(pattern))
]


def sessions() -> set[str]:
    """The names of the sessions in the noxfile: its functions under @nox.session."""
    tree = ast.parse((ROOT / "noxfile.py").read_text("utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {f.name for f in functions for d in f.decorator_list if "nox.session" in ast.unparse(d)}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_nox_session_that_a_page_names_exists(page: Path) -> None:
    named = re.findall(r"nox -s ([a-z]+)", page.read_text("utf-8"))
    assert set(named) <= sessions()


def test_every_nox_session_is_explained_to_contributors() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert {name for name in sessions() if f"`{name}`" not in text} == set()


def test_the_readme_shows_the_report_that_its_first_command_prints() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    block = re.search(r"<!-- report -->\n```text\n(.*?)```\n<!-- /report -->", text, re.DOTALL)
    assert block is not None
    rows = block[1].splitlines()
    assert rows[0].split() == ["Name", "Stmts", "Miss", "Branch", "BrPart", "Cover"]
    (total,) = (row for row in rows if row.startswith("TOTAL"))  # a note on empty files may follow
    assert re.fullmatch(r"TOTAL( +\d+){4} +\d+%", total)
    for package in ROOT.glob("packages/*/src/cov_*/"):
        assert any(row.startswith(str(package.relative_to(ROOT))) for row in rows), package.name


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"
