"""One config file, split into sections. What its settings mean is for `config` to say.

INI and TOML look the same from here on: sections under their plain names (``run``), each with
options and raw values (text in INI, any TOML value otherwise).
"""

from __future__ import annotations

import os

from cov_cli.errors import ConfigError, shown

SHARED = ("setup.cfg", "tox.ini", "pyproject.toml")  # files that belong to other tools as well


class Section:
    """A section: its heading as written (``coverage:run``) and its options."""

    def __init__(self, heading: str, options: dict[str, object]) -> None:
        self.heading = heading
        self.options = options


class ConfigFile:
    """The sections of a file that are, or could be, meant for us.

    `own`: the file belongs to coverage alone, so headings need no prefix (CFG-05, CFG-08).
    """

    def __init__(self, path: str, own: bool, toml: bool, sections: dict[str, Section]) -> None:
        self.path = path
        self.own = own
        self.toml = toml
        self.sections = sections

    def place(self, section: str, option: str = "") -> str:
        """Where a setting stands, for messages: ``setup.cfg: [coverage:run] branch``."""
        return f"{shown(self.path)}: [{self.sections[section].heading}] {option}".rstrip()

    def heading(self, section: str) -> str:
        """The heading that a section has, or would have, in this file."""
        if section in self.sections:
            return f"[{self.sections[section].heading}]"
        if self.own:
            return f"[{section}]"
        return f"[tool.coverage.{section}]" if self.toml else f"[coverage:{section}]"

    def is_ours(self, section: str) -> bool:
        """Whether a heading cannot be another tool's: prefixed, or in a file only we read."""
        prefixed = self.sections[section].heading != section
        return prefixed or (self.own and os.path.basename(self.path) not in SHARED)


def read_config_file(path: str, own: bool) -> ConfigFile:
    """Read a file, INI or TOML by its extension (CFG-06).

    Raises ConfigError when it cannot be read or parsed, with the line. A shared file that has
    nothing for us is not parsed at all, so that it may be as broken as it likes (LIM-55).
    """
    toml = path.endswith(".toml")
    try:
        with open(path, "rb") as file:
            content = file.read()
    except OSError as error:
        reason = f"cannot read this config file: {error.strerror}"
        raise ConfigError(f"{shown(path)}: {reason}") from None
    if not own and (b"coverage" if toml else b"[coverage:") not in content:
        return ConfigFile(path, own, toml, {})
    try:
        # Newlines as text files have them: the parsers would take a stray \r for part of a value.
        text = content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{shown(path)}: line {line}: not UTF-8") from None
    if text.startswith("\ufeff"):
        raise ConfigError(f"{shown(path)}: line 1: starts with a byte-order mark: save it without")
    sections = _toml_sections(path, own, text) if toml else _ini_sections(path, own, text)
    return ConfigFile(path, own, toml, sections)


def _ini_sections(path: str, own: bool, text: str) -> dict[str, Section]:
    import configparser

    parser = configparser.ConfigParser(interpolation=None)
    try:
        parser.read_string(text, path)
    except configparser.Error as error:
        raise ConfigError(f"{shown(path)}: {_ini_complaint(error)}") from None
    found: dict[str, Section] = {}
    for prefix in ("coverage:", "") if own else ("coverage:",):
        for heading in parser.sections():
            name = heading.removeprefix(prefix)
            if heading.startswith(prefix) and name not in found and ":" not in name:
                found[name] = Section(heading, dict(parser.items(heading)))  # CFG-09
    return found


def _ini_complaint(error: Exception) -> str:
    import configparser

    match error:
        case configparser.DuplicateOptionError():
            place = f"line {error.lineno}: [{error.section}] {error.option}"
            return f"{place}: this option is set twice in its section"
        case configparser.DuplicateSectionError():
            return f"line {error.lineno}: [{error.section}]: this section appears twice"
        case configparser.MissingSectionHeaderError():
            return f"line {error.lineno}: no [section] before {error.line.strip()!r}"
        case configparser.ParsingError() if error.errors:
            line, text = error.errors[0]
            return f"line {line}: neither 'name = value' nor [section]: {text.strip()}"
    return " ".join(str(error).split())


def _toml_sections(path: str, own: bool, text: str) -> dict[str, Section]:
    import tomllib

    try:
        content: dict[str, object] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ConfigError(f"{shown(path)}: not valid TOML: {error}") from None
    tool = content.get("tool", {})
    prefixed = tool.get("coverage", {}) if isinstance(tool, dict) else {}
    if not isinstance(prefixed, dict):
        raise ConfigError(f"{shown(path)}: [tool.coverage]: not a table: {prefixed!r}")
    found = {name: _table(path, f"tool.coverage.{name}", value) for name, value in prefixed.items()}
    if own:
        for name, value in content.items():
            if name != "tool" and name not in found:
                found[name] = _table(path, name, value)
    return found


def _table(path: str, heading: str, value: object) -> Section:
    if not isinstance(value, dict):
        raise ConfigError(f"{shown(path)}: {_no_table(heading, value)}")  # CER-16
    return Section(heading, value)


def _no_table(heading: str, value: object) -> str:
    from cov_cli.options import sections_of  # only then

    above, dot, name = heading.rpartition(".")
    homes = " or ".join(f"[{above}{dot}{section}]" for section in sections_of(name))
    if homes:
        return f"{name} = {value!r}: this is no section; it belongs in {homes}"
    return f"[{heading}]: not a table: {value!r}"
