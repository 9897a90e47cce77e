"""From options to the settings of a run: what is decided once, before anything is measured.

`cov run` comes here, and so does a process that COVERAGE_PROCESS_START has measured. Nothing is
imported from where the user's packages lie.
"""

from __future__ import annotations

import os
import sys
import time

from cov_cli.checks import lacks_core
from cov_cli.errors import ConfigError, shown
from cov_cli.measured.settings import VARIABLE, WAYS, Settings
from cov_cli.packages import sources

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cov_cli.options import Options

# The helper that saves the data at the end; the settings are added, and what is
# known at the end. It does not tidy up when it has done its work: that takes time, too.
_SEAL = (
    "import os, sys; sys.path += {0!r}; {1}from cov_cli.sealing import main; "
    "main(*sys.argv[1:]); os._exit(0)"
)

# Only `site` finds extension modules that were built elsewhere: those of an editable install. The
# helper itself is not measured.
_WITH_SITE = f"os.environ[{VARIABLE!r}] = ''; import site; site.main(); "

# What must be free where the data goes: the first segment of a journal.
_ROOM = 64 * 1024


def settings_for(
    options: Options,
    *,
    mode: str,
    search: Sequence[str],
    program: str = "",
    warn: Sequence[str] = (),
) -> Settings:
    """The settings of a new run, whose first process is this one.

    `search` are the directories that source packages are looked for in, as on sys.path. `program`
    is the file that is run, `warn` are the slugs of what may be said when it has ended.
    """
    directories, packages = sources(options, search)
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
        packages=[package.pack() for package in packages],
        warn=[slug for slug in warn if slug not in options.disable_warnings],
        include=options.run_include,
        omit=options.run_omit,
        pylib=options.cover_pylib,
        relative=options.relative_files,
        namespaces=options.include_namespace_packages,
        follow=WAYS if options.patch is None else options.patch,
        program=os.path.abspath(program) if program else "",
        top=os.getpid(),
        seal=[sys.executable, "-I", "-S", "-c", _SEAL.format(homes(), _site())],
        sigterm=options.sigterm,
        save_signal=options.save_signal or "",
    )


def _core(options: Options) -> str:
    """COR-06: a core that this Python does not have gives way to the default one."""
    if options.timid:
        return "pytrace"
    return "" if options.core is None or lacks_core(options) else options.core


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


def _site() -> str:
    """What the helper has to do first where cov_tracer cannot be imported without `site`."""
    import cov_tracer
    from cov_tracer import _tracer

    package = os.path.dirname(os.path.abspath(cov_tracer.__file__ or ""))
    return "" if os.path.dirname(os.path.abspath(_tracer.__file__)) == package else _WITH_SITE


def check_place(data_file: str) -> None:
    """Data that could not be saved is said before the program runs, not after."""
    if os.path.isdir(data_file):
        raise ConfigError(f"{shown(data_file)}: the data file cannot be a directory")
    if os.path.exists(data_file) and not os.path.isfile(data_file):
        name = shown(data_file)
        raise ConfigError(f"{name}: the data file cannot be a device, a pipe or a socket")
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
        reason = f"no data can be written there: {error.strerror}"
        raise ConfigError(f"{shown(folder)}: {reason}") from None


def _reserve(descriptor: int) -> None:
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(descriptor, 0, _ROOM)
    else:
        os.write(descriptor, bytes(_ROOM))
