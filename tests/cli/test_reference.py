"""The generated pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from cov_cli.commands import COMMANDS
from cov_cli.options import TABLE
from cov_cli.reference import PAGES, commands_page, main, options_page

DOCS = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_fresh(name: str) -> None:
    """If not: python -m cov_cli.reference docs/reference"""
    assert (DOCS / name).read_text(encoding="utf-8") == PAGES[name]()


def test_every_setting_flag_and_variable_is_on_the_page() -> None:
    page = options_page()
    for row in TABLE:
        if row.key:
            assert f"| `{row.key.partition(':')[2]}` |" in page
            assert all(f"`{flag}`" in page for flag in row.flags)
        assert not row.env or f"`{row.env}`" in page


def test_every_command_and_its_flags_are_on_the_page() -> None:
    page = commands_page()
    for verb in COMMANDS:
        section = page.partition(f"\n## cov {verb}\n")[2].partition("\n## ")[0]
        for row in TABLE:
            if verb in row.verbs:
                assert all(f"`{flag}" in section for flag in (*row.flags, *row.off_flags))


def test_the_pages_are_written_into_a_directory(tmp_path: Path) -> None:
    main(str(tmp_path))
    assert {path.name for path in tmp_path.iterdir()} == set(PAGES)
