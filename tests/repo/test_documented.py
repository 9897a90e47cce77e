"""Every command and every option is documented, and the pages say no more than there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cov_cli.commands import COMMANDS
from cov_cli.options import TABLE
from cov_report import FORMATS

ROOT = Path(__file__).resolve().parents[2]
COMMANDS_PAGE = (ROOT / "docs" / "reference" / "commands.md").read_text("utf-8")
OPTIONS_PAGE = (ROOT / "docs" / "reference" / "options.md").read_text("utf-8")


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_a_command_is_on_the_reference_page_and_in_the_packages_readme(command: str) -> None:
    readme = (ROOT / "packages" / "cov-cli" / "README.md").read_text("utf-8")
    assert f"`cov {command}`" in readme
    assert re.search(rf"^#+ .*\bcov {command}\b|^#+ `?{command}`?", COMMANDS_PAGE, re.MULTILINE)


@pytest.mark.parametrize("option", TABLE, ids=lambda option: option.name)
def test_every_flag_of_an_option_is_on_a_reference_page(option: object) -> None:
    flags = getattr(option, "flags", ()) + getattr(option, "off_flags", ())
    pages = COMMANDS_PAGE + OPTIONS_PAGE
    for flag in flags:
        assert re.search(rf"(?<![\w-]){re.escape(flag)}(?![\w-])", pages), flag


@pytest.mark.parametrize("option", TABLE, ids=lambda option: option.name)
def test_every_config_key_is_on_the_options_page(option: object) -> None:
    key = getattr(option, "key", None)
    if key is not None:
        assert f"`{key.partition(':')[2]}`" in OPTIONS_PAGE


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_a_report_format_is_named_in_its_packages_readme(name: str) -> None:
    readme = (ROOT / "packages" / "cov-report" / "README.md").read_text("utf-8")
    assert re.search(rf"\b{name}\b", readme, re.IGNORECASE)


PAGES = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("packages/*/README.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_leads_to_is_there(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    links = re.findall(r"\]\((?![a-z]+:)([^)#\s]+)(?:#[^)\s]*)?\)", text)
    named = re.findall(r"`((?:tests|tools|benchmarks|packages)/[\w./-]+)`", text)
    places = [page.parent / link for link in links] + [ROOT / name for name in named]
    assert [place for place in places if not place.exists()] == []


def test_a_page_of_formats_is_about_something_that_exists() -> None:
    named = {path.stem for path in (ROOT / "docs" / "formats").glob("*.md")}
    assert named <= {"journal", "ledger", "data-file", "json-report", "settings"}
