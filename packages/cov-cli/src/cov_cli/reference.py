"""The pages of docs/reference, made from the option table: `python -m cov_cli.reference DIR`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from cov_cli.commands import COMMANDS, LATER
from cov_cli.errors import BELOW_THRESHOLD, BROKEN_PIPE, ERROR, INCOMPLETE, INTERRUPTED, OK
from cov_cli.options import SECTIONS, TABLE, options_of
from cov_cli.parsing import shown_flags
from cov_cli.slugs import NEVER
from cov_cli.slugs import TABLE as SLUGS
from cov_cli.table.row import Option

_NOTE = (
    "<!-- Made by `python -m cov_cli.reference docs/reference` from the option table; "
    "edit packages/cov-cli/src/cov_cli/options.py instead. -->"
)


_FILES = (
    "Settings come from the first of `.coveragerc`, `.coveragerc.toml`, `setup.cfg`, `tox.ini` "
    "and `pyproject.toml` in the current directory that has any. Sections are called `[run]` "
    "(or `[coverage:run]`) in `.coveragerc`, `[coverage:run]` in `setup.cfg` and `tox.ini`, "
    "`[run]` (or `[tool.coverage.run]`) in `.coveragerc.toml` and `[tool.coverage.run]` in "
    "`pyproject.toml`. Environment variables override files, the command line overrides both."
)

_SYNTAX = (
    "Lists are arrays of strings in TOML. In the other files their items are separated by "
    "commas or newlines, regular expressions by newlines only. `$NAME`, `${NAME}`, "
    "`${NAME-text}` and `${NAME?}` stand for environment variables, `$$` for a dollar."
)

_USAGE = (
    "`cov COMMAND [OPTIONS] [ARGUMENTS]`; `python -m cov_cli` is the same. Long options may be "
    "shortened as long as it is clear what is meant. `cov --version` tells the version."
)


def options_page() -> str:
    """Settings by section, then what only the command line has, then environment variables."""
    parts = [
        _NOTE,
        "# Settings",
        _FILES,
        _SYNTAX,
    ]
    for section in SECTIONS:
        if section == "paths":
            parts += ["## `[paths]`", _PATHS]
            continue
        rows = [row for row in TABLE if (row.key or "").startswith(f"{section}:")]
        parts.append(f"## `[{section}]`")
        if section in LATER:
            parts.append(_LATER.format(section))
        parts.append(_table(_SETTING_HEADS, map(_setting_cells, rows)))
    variables = [row for row in TABLE if row.env]
    parts += [
        "## Environment variables",
        _table(("Variable", "Effect"), ((f"`{row.env}`", _env_effect(row)) for row in variables))
        + "\n| `COVERAGE_FORCE_CONFIG` | A config file that overrides everything, "
        "the command line included. |"
        "\n| `COVERAGE_PROCESS_START` | A config file: each Python that is started with it "
        "measures itself if it has the startup hook. |"
        "\n| `COV_SETTINGS` | Made by `cov run` for the processes of a run. |",
    ]
    return "\n\n".join(parts) + "\n"


_SETTING_HEADS = ("Setting", "Type", "Default", "Command line", "Meaning")

_LATER = (
    "`cov {0}` is not there yet: until it is, these settings are read and have no effect, and the "
    "options do not exist. `coverage {0}` reads the data that cov writes."
)

_PATHS = (
    "Each option is a list, whatever its name: first where files are now, then patterns for where "
    "they were when they were measured. The lists are tried in order, and the first that gives the "
    "name of an existing file is used. They apply to `combine` and to all reports."
)


def _setting_cells(row: Option[object]) -> tuple[str, ...]:
    name = (row.key or "").partition(":")[2]
    flags = ", ".join(f"`{flag}`" for flag in (*row.flags, *row.off_flags)) or "–"
    return f"`{name}`", row.kind.word, _default(row), flags, _cell(row.help)


def _default(row: Option[object]) -> str:
    if row.default is None:
        return "not set"
    if row.default == ():
        return "empty"
    if isinstance(row.default, bool):
        return str(row.default).lower()
    return f"`{row.default}`"


def _env_effect(row: Option[object]) -> str:
    if row.name == "debug":
        return "Added to `[run] debug`."
    if row.name == "debug_file":
        return "`[run] debug_file`, if that is not set."
    if row.key is None:
        return f"`{row.flags[0]}`, if that is not given."
    section, _, name = row.key.partition(":")
    return f"Overrides `[{section}] {name}`."


def commands_page() -> str:
    """Every command with its options, and the exit codes."""
    parts = [
        _NOTE,
        "# Commands",
        _USAGE,
        _table(
            ("Command", "Does"),
            ((f"[`{verb}`](#cov-{verb})", command.summary) for verb, command in COMMANDS.items()),
        ),
        f"Not there yet: {', '.join(f'`{verb}`' for verb in LATER)}.",
    ]
    for verb, command in COMMANDS.items():
        usage = f"    cov {verb} [options] {command.positionals}".rstrip()
        parts += [f"## cov {verb}", command.summary, usage]
        rows = [(_flags(row), _cell(row.help), _fallback(row)) for row in options_of(verb)]
        rows.append(("`-h`, `--help`", "Show this help.", ""))
        parts.append(_table(("Option", "Meaning", "Setting"), rows))
    incomplete = "As asked for, but a Python process was not measured, and `complete` is set."
    codes = (
        (OK, "Done."),
        (ERROR, "Wrong usage or settings, unusable data or sources, nothing to do. stderr tells."),
        (BELOW_THRESHOLD, "The report was made, but the total is below `fail_under`."),
        (INCOMPLETE, incomplete),
        (INTERRUPTED, "Interrupted from the keyboard."),
        (BROKEN_PIPE, "Whoever read the output stopped reading."),
    )
    parts += [
        "## Exit codes",
        _table(("Code", "Meaning"), ((str(code), meaning) for code, meaning in codes)),
        "`cov run` exits as the program does.",
    ]
    return "\n\n".join(parts) + "\n"


def _flags(row: Option[object]) -> str:
    shown = [f"`{flag}`" for flag in (*shown_flags(row).split(", "), *row.off_flags)]
    return ", ".join(shown)


def _fallback(row: Option[object]) -> str:
    section, _, name = (row.key or "").partition(":")
    return f"`[{section}] {name}`" if name else ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("__", "\\_\\_")


def _table(heads: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(cells)} |".replace("  ", " ") for cells in lines)


_WARNINGS = (
    "A warning is one line on stderr that begins with `cov: warning:` and says what is wrong, "
    "where, and what to do about it. It ends with its name in brackets, such as "
    "`(module-not-imported)`: what stands in `[run] disable_warnings` is not shown. The names are "
    "coverage.py's where it has such a warning. None of them changes an exit code, and none goes "
    "through Python's `warnings`, so that `-W error` has no effect on them."
)

_AT_THE_END = (
    "What `cov run` says when the program has ended is about all processes of the run together: a "
    "package that only a child imports is imported. Children say nothing themselves, nor do "
    "processes that `COVERAGE_PROCESS_START` has measured. If a run ends without having its data "
    "saved (`os._exit`, a signal, another program by `exec`), the first report or `combine` that "
    "finds its journals says of packages what `cov run` would have said."
)

_NAMELESS = (
    "Warnings without a name cannot be switched off. They tell of facts that are lost or unknown: "
    "a source that has changed, a data file that cannot be read, a process that could not write."
)


def warnings_page() -> str:
    """Every warning that has a name."""
    rows = [
        (f"`{slug.name}`", slug.when, slug.said, slug.way_out)
        for slug in SLUGS
        if slug.said != NEVER
    ]
    never = ((f"`{slug.name}`", slug.way_out) for slug in SLUGS if slug.said == NEVER)
    parts = [
        _NOTE.replace("the option table", "its table").replace("options.py", "slugs.py"),
        "# Warnings",
        _WARNINGS,
        _AT_THE_END,
        _NAMELESS,
        _table(("Name", "When", "Who says it", "Way out"), rows),
        "Names of coverage.py's that are accepted, of warnings that there are not:",
        _table(("Name", "Why not"), never),
    ]
    return "\n\n".join(parts) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "options.md": options_page,
    "warnings.md": warnings_page,
}


def main(directory: str) -> None:
    """Write all pages into a directory."""
    for name, page in PAGES.items():
        Path(directory, name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
