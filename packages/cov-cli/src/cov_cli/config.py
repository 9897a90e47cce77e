"""From config files, environment and command line to `Options` (reference 2.1, 2.2, 2.7).

Every error is a ConfigError that names file, section and key, or the variable or flag at fault.
"""

from __future__ import annotations

import os

from cov_cli.configfile import SHARED, ConfigFile, read_config_file
from cov_cli.errors import ConfigError
from cov_cli.kinds import FILE, ITEMS
from cov_cli.options import BY_KEY, SECTIONS, TABLE, Options, sections_of
from cov_cli.substitution import substitute
from cov_cli.suggesting import suggestion

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

SEARCHED = (".coveragerc", ".coveragerc.toml", *SHARED)  # CFG-01: the first one used wins


class _Layers:
    """Settings as they pile up: a later layer overrides an earlier one (CFG-07)."""

    def __init__(self) -> None:
        self.values: dict[str, object] = {}
        self.origins: dict[str, str] = {}
        self.paths: dict[str, tuple[str, ...]] = {}
        self.plugin_options: dict[str, dict[str, object]] = {}

    def set(self, name: str, value: object, origin: str) -> None:
        if name == "data_file" and value == "":
            return  # such as that of a variable which is not set: no name at all
        self.values[name] = value
        self.origins[name] = origin

    def update(self, other: _Layers) -> None:
        self.values.update(other.values)
        self.origins.update(other.origins)
        self.paths = other.paths or self.paths
        self.plugin_options.update(other.plugin_options)

    @property
    def is_empty(self) -> bool:
        return not (self.values or self.paths or self.plugin_options)


def load_options(
    arguments: Mapping[str, object] | None = None,
    *,
    rcfile: str | None = None,
    environ: Mapping[str, str] | None = None,
) -> Options:
    """Read the settings in force in the current directory.

    `arguments` are settings by their names in `Options`, as the command line gives them: they
    override files and variables. `rcfile` is the file to read: None or ".coveragerc" searches,
    "" reads none (CFG-03, CFG-04). `environ` defaults to the process's environment.
    Raises ConfigError. What is only worth a warning is in `Options.warnings`.
    """
    variables = os.environ if environ is None else environ
    warnings: list[str] = []
    layers, config_file = _from_file(rcfile, variables, warnings)
    _add_environment(layers, variables)
    for name, value in (arguments or {}).items():
        layers.set(name, value, _flag_of(name))
    forced = variables.get("COVERAGE_FORCE_CONFIG")
    if forced:
        layers.update(_settings(read_config_file(forced, own=True), variables, warnings))
    _imply_parallel(layers)
    return Options(
        layers.values,
        layers.origins,
        paths=layers.paths,
        plugin_options=layers.plugin_options,
        config_file=config_file,
        warnings=tuple(warnings),
    )


def _flag_of(name: str) -> str:
    """The flag that an argument's setting was given with, in its long form."""
    flags = [row.flags for row in TABLE if row.name == name]
    return flags[0][-1] if flags and flags[0] else name


def _from_file(
    rcfile: str | None, variables: Mapping[str, str], warnings: list[str]
) -> tuple[_Layers, str | None]:
    """The first layer, and the file it came from."""
    if rcfile == "":
        return _Layers(), None
    if rcfile is None or rcfile == ".coveragerc":
        rcfile = variables.get("COVERAGE_RCFILE")
    if rcfile:
        return _settings(read_config_file(rcfile, own=True), variables, warnings), rcfile
    for path in SEARCHED:
        if not os.path.isfile(path):
            continue
        own = path not in SHARED
        layers = _settings(read_config_file(path, own), variables, warnings)
        if own or not layers.is_empty:  # CFG-02
            return layers, path
    return _Layers(), None


def _settings(file: ConfigFile, variables: Mapping[str, str], warnings: list[str]) -> _Layers:
    """Convert what a file says. Unknown options and sections become warnings."""
    layers = _Layers()
    for section in SECTIONS:
        for option in file.sections[section].options if section in file.sections else ():
            if section == "paths":
                layers.paths[option] = _path_list(file, option, variables)
                layers.origins[f"paths:{option}"] = file.place(section, option)
            elif f"{section}:{option}" in BY_KEY:
                name = BY_KEY[f"{section}:{option}"].name
                layers.set(
                    name, _value(file, section, option, variables), file.place(section, option)
                )
            else:
                place = file.place(section, option)
                meant = _meant(file, section, option)
                warnings.append(f"{place}: no such option, ignored{meant} (unknown-setting)")
    _plugin_sections(file, layers, variables, warnings)
    return layers


def _meant(file: ConfigFile, section: str, option: str) -> str:
    """Where an unknown option belongs, or which one of its section may be meant."""
    homes = sections_of(option)
    if homes:
        return f"; it belongs in {' or '.join(file.heading(other) for other in homes)}"
    known = [key.removeprefix(f"{section}:") for key in BY_KEY if key.startswith(f"{section}:")]
    return suggestion(option, known)


def _plugin_sections(
    file: ConfigFile, layers: _Layers, variables: Mapping[str, str], warnings: list[str]
) -> None:
    plugins = layers.values.get("plugins", ())
    for section in file.sections:
        if section in SECTIONS:
            continue
        if isinstance(plugins, tuple) and section in plugins:
            options = file.sections[section].options
            layers.plugin_options[section] = {
                # SYN-10: substitution happens in INI plugin sections only.
                option: _substituted(file, section, option, variables) if not file.toml else raw
                for option, raw in options.items()
            }
        elif file.is_ours(section):
            place, meant = file.place(section), suggestion(section, SECTIONS)
            warnings.append(f"{place}: no such section, ignored{meant} (unknown-setting)")


def _value(file: ConfigFile, section: str, option: str, variables: Mapping[str, str]) -> object:
    kind = BY_KEY[f"{section}:{option}"].kind
    raw = _substituted(file, section, option, variables)
    try:
        return kind.ini(raw) if isinstance(raw, str) and not file.toml else kind.toml(raw)
    except ValueError as error:
        raise ConfigError(f"{file.place(section, option)}: {error}") from None


def _path_list(file: ConfigFile, option: str, variables: Mapping[str, str]) -> tuple[str, ...]:
    """A list of [paths]: where files are now, then where they were (PTH-01)."""
    raw = _substituted(file, "paths", option, variables)
    try:
        items = ITEMS.ini(raw) if isinstance(raw, str) and not file.toml else ITEMS.toml(raw)
    except ValueError as error:
        raise ConfigError(f"{file.place('paths', option)}: {error}") from None
    return tuple(FILE.ini(item) for item in items)


def _substituted(
    file: ConfigFile, section: str, option: str, variables: Mapping[str, str]
) -> object:
    """An option's raw value, with variables replaced in its text or its list of texts (SYN-10)."""
    raw = file.sections[section].options[option]
    try:
        if isinstance(raw, str):
            return substitute(raw, variables)
        if isinstance(raw, list):
            return [substitute(item, variables) if isinstance(item, str) else item for item in raw]
    except ValueError as error:
        raise ConfigError(f"{file.place(section, option)}: {error}") from None
    return raw


def _add_environment(layers: _Layers, variables: Mapping[str, str]) -> None:
    for row in TABLE:
        text = variables.get(row.env) if row.env else None
        if not text or row.name == "rcfile":
            continue
        if row.name == "debug":  # ENV-04: added to what the file says
            before = layers.values.get("debug", ())
            assert isinstance(before, tuple)
            layers.set("debug", before + ITEMS.ini(text), row.env)
        elif row.name == "debug_file" and "debug_file" in layers.values:
            pass  # DBG-09: here the setting beats the variable
        else:
            layers.set(row.name, row.kind.argument(text), row.env)


def _imply_parallel(layers: _Layers) -> None:
    """CFG-13: scripts with these settings run `combine` afterwards; leave it something to do."""
    for name, item in (("patch", "subprocess"), ("concurrency", "multiprocessing")):
        chosen = layers.values.get(name)
        if isinstance(chosen, tuple) and item in chosen:
            layers.set("parallel", True, layers.origins[name])
