"""From options to the settings of a run: what is decided once, before anything is measured.

`cov run` comes here, and so does a process that COVERAGE_PROCESS_START has measured. Nothing is
imported from where the user's packages lie.
"""

from __future__ import annotations

import os
import sys
import time

from cov_cli.errors import ConfigError
from cov_cli.measured.settings import WAYS, Settings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cov_cli.options import Options

# The helper that saves the data at the end; the settings are added as the last word.
_SEAL = "import sys; sys.path += {0!r}; from cov_cli.sealing import main; main(sys.argv[1])"

# What must be free where the data goes: the first segment of a journal.
_ROOM = 64 * 1024


def settings_for(options: Options, *, mode: str, search: Sequence[str]) -> Settings:
    """The settings of a new run, whose first process is this one.

    `search` are the directories that source packages are looked for in, as on sys.path.
    """
    directories, packages = _sources(options)
    return Settings(
        data_file=os.path.abspath(options.data_file),
        run=os.urandom(16).hex(),
        created=time.time_ns(),
        mode=mode,
        branch=options.branch,
        core=_core(options),
        context=options.context or "",
        cwd=os.path.realpath(os.getcwd()),
        source_dirs=directories,
        source_pkgs=packages,
        package_places=[place for name in packages for place in _places(name, search)],
        include=options.run_include,
        omit=options.run_omit,
        pylib=options.cover_pylib,
        relative=options.relative_files,
        namespaces=options.include_namespace_packages,
        follow=WAYS if options.patch is None else options.patch,
        top=os.getpid(),
        seal=[sys.executable, "-I", "-S", "-c", _SEAL.format(homes())],
        sigterm=options.sigterm,
        save_signal=options.save_signal or "",
    )


def _core(options: Options) -> str:
    """COR-06: a core that this Python does not have gives way to the default one."""
    if options.timid:
        return "pytrace"
    return "" if options.core is None or lacks_core(options) else options.core


def lacks_core(options: Options) -> bool:
    """Whether the core that is asked for is one that this Python does not have."""
    return not options.timid and options.core == "sysmon" and sys.version_info < (3, 12)


def _sources(options: Options) -> tuple[list[str], list[str]]:
    """SET-19 to SET-21: directories and packages. A directory wins over a package's name."""
    directories = [os.path.realpath(item) for item in options.source_dirs]
    packages = list(options.source_pkgs)
    for item in options.source or ():
        if os.path.isdir(item):
            directories.append(os.path.realpath(item))
        else:
            packages.append(item)
    return directories, packages


def _places(package: str, search: Iterable[str]) -> list[str]:
    """Where a source package lies, found without importing anything."""
    relative = package.replace(".", os.sep)
    for entry in search:
        path = os.path.join(entry or os.getcwd(), relative)
        if os.path.isdir(path):
            return [path]
        if os.path.isfile(path + ".py"):
            return [path + ".py"]
    return _places_by_finders(package)


def _places_by_finders(package: str) -> list[str]:
    """The same for what only an import hook knows, such as some editable installs."""
    from importlib.util import find_spec

    top, _, rest = package.partition(".")
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        return []
    if spec is None:
        return []
    if spec.submodule_search_locations is None:
        return [spec.origin] if spec.origin and os.path.isfile(spec.origin) else []
    paths = [os.path.join(place, *rest.split(".")) for place in spec.submodule_search_locations]
    found = [path for path in paths if os.path.isdir(path)]
    return found + [path + ".py" for path in paths if os.path.isfile(path + ".py")]


def homes() -> list[str]:
    """The directories that the packages of cov are imported from."""
    import cov_cli
    import cov_data
    import cov_tracer

    homes: list[str] = []
    for package in (cov_cli, cov_data, cov_tracer):
        home = os.path.dirname(os.path.dirname(os.path.abspath(package.__file__ or "")))
        if home not in homes:
            homes.append(home)
    return homes


def check_place(data_file: str) -> None:
    """Data that could not be saved is said before the program runs, not after."""
    if os.path.isdir(data_file):
        raise ConfigError(f"{data_file}: the data file cannot be a directory")
    if os.path.exists(data_file) and not os.path.isfile(data_file):
        raise ConfigError(f"{data_file}: the data file cannot be a device, a pipe or a socket")
    folder = os.path.dirname(data_file)
    probe = f"{data_file}.{os.getpid()}-journal"
    try:
        os.makedirs(folder, exist_ok=True)
        with open(probe, "wb") as file:
            try:
                _reserve(file.fileno())
            finally:
                os.unlink(probe)
    except OSError as error:
        raise ConfigError(f"{folder}: no data can be written there: {error.strerror}") from None


def _reserve(descriptor: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, 0, _ROOM)
    else:
        os.write(descriptor, bytes(_ROOM))
