"""Config files mean the same to coverage.py 7.17.3, asked through its API."""

from __future__ import annotations

import coverage
import pytest
from cli.running import Project

from cov_analysis.exclusions import DEFAULT_EXCLUDE, DEFAULT_PARTIAL, DEFAULT_PARTIAL_ALWAYS
from cov_cli.config import load_options
from cov_cli.options import BY_KEY

# Each setting with a value that is not its default: section, option, INI text, TOML text.
VALUES = [
    ("run", "branch", "Yes", "true"),
    ("run", "command_line", "-m pytest -q", "'-m pytest -q'"),
    ("run", "concurrency", "thread,\n gevent", "['thread', 'gevent']"),
    ("run", "context", "a $VAR b", "'a $VAR b'"),
    ("run", "core", "ctrace", "'ctrace'"),
    ("run", "cover_pylib", "1", "'true'"),
    ("run", "data_file", "~/x/.data", "'~/x/.data'"),
    ("run", "debug", "sys", "['sys']"),
    ("run", "debug_file", "out.txt", "'out.txt'"),
    ("run", "disable_warnings", "a,b", "['a', 'b']"),
    ("run", "dynamic_context", "test_function", "'test_function'"),
    ("run", "include", "a/*\n b/*", "['a/*', 'b/*']"),
    ("run", "omit", "*/x y/*, z", "['*/x y/*', 'z']"),
    ("run", "parallel", "on", "true"),
    ("run", "patch", "fork", "['fork']"),
    ("run", "relative_files", "TRUE", "true"),
    ("run", "sigterm", "true", "true"),
    ("run", "source", "src\n pkg", "['src', 'pkg']"),
    ("run", "source_pkgs", "a.b", "['a.b']"),
    ("run", "source_dirs", "src", "['src']"),
    ("run", "timid", "true", "true"),
    ("report", "contexts", "a,b\n c", "['a', 'b', 'c']"),
    ("report", "exclude_lines", "a, b\n #c\n c$", "['a, b', 'c$']"),
    ("report", "fail_under", "98.6", "'98.6'"),
    ("report", "format", "markdown", "'markdown'"),
    ("report", "ignore_errors", "true", "true"),
    ("report", "include", "a", "['a']"),
    ("report", "include_namespace_packages", "true", "true"),
    ("report", "omit", "${NONE-b}", "['${NONE-b}']"),
    ("report", "partial_branches", "a, b", "['a, b']"),
    ("report", "partial_branches_always", "x", "['x']"),
    ("report", "precision", "3", "'3'"),
    ("report", "show_missing", "true", "true"),
    ("report", "skip_covered", "true", "true"),
    ("report", "skip_empty", "true", "true"),
    ("report", "sort", "-Miss", "'-Miss'"),
    ("html", "directory", "~x/$$y", "'~x/$$y'"),
    ("html", "extra_css", "~/a.css", "'~/a.css'"),
    ("html", "show_contexts", "true", "true"),
    ("html", "skip_covered", "false", "false"),
    ("html", "skip_empty", "true", "true"),
    ("html", "title", "A; b # c", "'A; b # c'"),
    ("xml", "output", "~/x.xml", "'~/x.xml'"),
    ("xml", "package_depth", "2", "2"),
    ("json", "output", "x.json", "'x.json'"),
    ("json", "pretty_print", "true", "true"),
    ("json", "show_contexts", "true", "true"),
    ("lcov", "output", "${VAR}.lcov", "'${VAR}.lcov'"),
    ("lcov", "line_checksums", "true", "true"),
]

# What coverage.py does not have.
OURS = {"run:complete", "report:allow_changed", "report:cache"}

# Where "not set" is kept apart from what it comes to.
UNSET = {
    "run:patch": [],
    "report:exclude_lines": list(DEFAULT_EXCLUDE),
    "report:partial_branches": list(DEFAULT_PARTIAL),
    "report:partial_branches_always": list(DEFAULT_PARTIAL_ALWAYS),
}


def ours() -> dict[str, object]:
    options = load_options()
    found: dict[str, object] = {}
    for key, row in BY_KEY.items():
        value = options[row.name]
        value = UNSET[key] if value is None and key in UNSET else value
        found[key] = list(value) if isinstance(value, tuple) else value
    return found


def theirs() -> dict[str, object]:
    asked = coverage.Coverage()
    return {key: asked.get_option(key) for key in BY_KEY if key not in OURS}


def differing() -> dict[str, tuple[object, object]]:
    mine, other = ours(), theirs()
    return {
        key: (mine[key], other[key]) for key in other if (mine[key] or None) != (other[key] or None)
    }


def test_every_setting_has_a_value_here() -> None:
    missing = set(BY_KEY) - OURS - {f"{section}:{option}" for section, option, *_ in VALUES}
    # Merged into other lists there, names of modules to import, and a test aid.
    assert missing == {"report:exclude_also", "report:partial_also", "run:plugins", "run:_crash"}


def test_defaults_are_the_same(project: Project) -> None:
    """SET-01 to SET-53, and EXC-01 to EXC-05."""
    # Two defaults are applied later there.
    assert differing() == {"report:format": ("text", None), "report:sort": ("name", None)}


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        (".coveragerc", "[{}]"),
        ("setup.cfg", "[coverage:{}]"),
        (".coveragerc.toml", "[{}]"),
        ("pyproject.toml", "[tool.coverage.{}]"),
    ],
)
def test_values_are_the_same(
    project: Project, monkeypatch: pytest.MonkeyPatch, name: str, heading: str
) -> None:
    """SYN-01 to SYN-11."""
    monkeypatch.setenv("VAR", "value")
    (project.root / "src").mkdir()
    lines: dict[str, list[str]] = {}
    for section, option, ini, toml in VALUES:
        value = toml if name.endswith(".toml") else ini
        lines.setdefault(section, []).append(f"{option} = {value}")
    text = [line for section in lines for line in (heading.format(section), *lines[section])]
    project.write(name, "\n".join(text) + "\n")
    assert differing() == {}
    # The comparison would also hold if neither had read the file.
    changed = ours()
    assert changed["run:context"] == "a value b"
    assert changed["report:fail_under"] == 98.6
