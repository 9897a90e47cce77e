"""Config files as sections: what is read, what is left to other tools, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import Project

from cov_cli.configfile import read_config_file
from cov_cli.errors import ConfigError


def sections(project: Project, name: str, text: str, own: bool) -> dict[str, dict[str, object]]:
    project.write(name, text)
    found = read_config_file(name, own).sections
    return {section: found[section].options for section in found}


def complaint(project: Project, name: str, content: str | bytes, own: bool = True) -> str:
    path = Path(project.root, name)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(ConfigError) as caught:
        read_config_file(name, own)
    return str(caught.value)


def test_own_ini_sections_need_no_prefix(project: Project) -> None:
    """CFG-08."""
    text = "[run]\nbranch = on\n[coverage:report]\nsort = miss\n"
    assert sections(project, ".coveragerc", text, own=True) == {
        "run": {"branch": "on"},
        "report": {"sort": "miss"},
    }


def test_shared_ini_sections_need_one(project: Project) -> None:
    """CFG-08."""
    text = "[run]\nbranch = on\n[coverage:report]\nsort = miss\n[metadata]\nname = x\n"
    assert sections(project, "setup.cfg", text, own=False) == {"report": {"sort": "miss"}}


@pytest.mark.parametrize("plain_first", [True, False])
def test_a_plain_section_is_ignored_beside_a_prefixed_one(
    project: Project, plain_first: bool
) -> None:
    """CFG-09."""
    parts = ["[run]\nbranch = on\n", "[coverage:run]\nparallel = on\n"]
    text = "".join(parts if plain_first else reversed(parts))
    assert sections(project, ".coveragerc", text, own=True) == {"run": {"parallel": "on"}}


def test_own_toml_sections_may_be_plain_or_prefixed(project: Project) -> None:
    """CFG-08, CFG-09."""
    text = "[run]\nbranch = true\n[report]\nsort = 'miss'\n[tool.coverage.run]\nparallel = true\n"
    assert sections(project, ".coveragerc.toml", text, own=True) == {
        "run": {"parallel": True},
        "report": {"sort": "miss"},
    }


def test_pyproject_sections_are_prefixed(project: Project) -> None:
    """CFG-08."""
    text = "[run]\nbranch = true\n[tool.coverage.report]\nsort = 'miss'\n[tool.other]\nx = 1\n"
    assert sections(project, "pyproject.toml", text, own=False) == {"report": {"sort": "miss"}}


def test_ini_names_lose_their_case_and_comments_their_lines(project: Project) -> None:
    """SYN-02, SYN-03."""
    text = "[run]\n# no\nOMIT: a ; b\n  # not this\n  ; nor this\n  c%d\n"
    assert sections(project, ".coveragerc", text, own=True) == {"run": {"omit": "a ; b\nc%d"}}


def test_newlines_of_other_systems_are_newlines(project: Project) -> None:
    (project.root / ".coveragerc").write_bytes(b"[run]\r\nbranch = on\r\nomit =\r\n  a\r\n  b\r\n")
    found = read_config_file(".coveragerc", own=True).sections["run"].options
    assert found == {"branch": "on", "omit": "\na\nb"}


@pytest.mark.parametrize("name", ["setup.cfg", "tox.ini", "pyproject.toml"])
def test_a_broken_shared_file_without_a_word_for_us_is_not_our_business(
    project: Project, name: str
) -> None:
    """LIM-55: coverage.py stops there (CFG-10)."""
    assert sections(project, name, "[broken\n= \x00\n", own=False) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[run]\nbranch = on\nbranch = off\n", "line 3: [run] branch: this option is set twice"),
        ("[run]\n[run]\n", "line 2: [run]: this section appears twice"),
        ("branch = on\n", "line 1: no [section] before 'branch = on'"),
        ("[run]\nbranch\n", "line 2: neither 'name = value' nor [section]: "),
    ],
)
def test_a_malformed_ini_file_is_refused_with_the_line(
    project: Project, text: str, expected: str
) -> None:
    """SYN-01, CFG-10."""
    message = complaint(project, ".coveragerc", text)
    assert message.startswith(f".coveragerc: {expected}")
    assert "\n" not in message


def test_a_malformed_toml_file_is_refused_with_the_line(project: Project) -> None:
    """CFG-10."""
    message = complaint(project, "pyproject.toml", "[tool.coverage.run]\nbranch = yes\n", own=False)
    assert message.startswith("pyproject.toml: not valid TOML: ")
    assert "line 2" in message


@pytest.mark.parametrize("name", [".coveragerc", ".coveragerc.toml"])
def test_a_byte_order_mark_and_other_encodings_are_refused(project: Project, name: str) -> None:
    """SYN-01."""
    assert complaint(project, name, b"\xef\xbb\xbf[run]\n") == (
        f"{name}: line 1: starts with a byte-order mark: save it without"
    )
    assert complaint(project, name, b"[run]\n# \xff\n") == f"{name}: line 2: not UTF-8"


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("pyproject.toml", "[tool]\ncoverage = 1\n", "[tool.coverage]: not a table: 1"),
        ("pyproject.toml", "[tool.coverage]\nrun = 1\n", "[tool.coverage.run]: not a table: 1"),
        (".coveragerc.toml", "run = []\n", "[run]: not a table: []"),
        (
            "pyproject.toml",
            "[tool.coverage]\nbranch = 1\n",
            "branch = 1: this is no section; it belongs in [tool.coverage.run]",
        ),
        (
            ".coveragerc.toml",
            "omit = 'x'\n",
            "omit = 'x': this is no section; it belongs in [run] or [report]",
        ),
    ],
)
def test_what_should_be_a_toml_table_and_is_none_is_named(
    project: Project, name: str, text: str, expected: str
) -> None:
    """CER-16, where coverage.py shows a traceback."""
    own = name != "pyproject.toml"
    assert complaint(project, name, text, own) == f"{name}: {expected}"


def test_a_file_that_cannot_be_read_is_named_with_the_reason(project: Project) -> None:
    """CFG-03."""
    (project.root / "folder").mkdir()
    for name, reason in (("none", "No such file or directory"), ("folder", "Is a directory")):
        with pytest.raises(ConfigError, match=f"^{name}: cannot read this config file: {reason}$"):
            read_config_file(name, own=True)


def test_a_place_is_told_in_the_words_of_the_file(project: Project) -> None:
    project.write("setup.cfg", "[coverage:run]\nbranch = on\n")
    project.write(".coveragerc.toml", "[run]\nbranch = true\n[tool.coverage.report]\n")
    shared, own = (read_config_file(n, n[0] == ".") for n in ("setup.cfg", ".coveragerc.toml"))
    assert shared.place("run", "branch") == "setup.cfg: [coverage:run] branch"
    assert own.place("run", "branch") == ".coveragerc.toml: [run] branch"
    assert own.place("report") == ".coveragerc.toml: [tool.coverage.report]"
