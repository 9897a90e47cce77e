"""Processes that measure themselves: COVERAGE_PROCESS_START names a config file (reference 5.4).

The hook comes here where the variable is set and there is no run to be part of. This is the one way
of being measured that reads settings in the process itself: it then begins a run of its own, which
the processes that it starts belong to.
"""

from __future__ import annotations

import os
import sys

from cov_cli.errors import describe, say
from cov_cli.measured.settings import APPEND, PARALLEL, VARIABLE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from cov_cli.measured.session import Session
    from cov_cli.measured.settings import Settings
    from cov_cli.options import Options

START = "COVERAGE_PROCESS_START"

_GLANCE = 4096  # bytes at the beginning of a file that tell what it is

# In a virtual environment `site` runs each .pth file twice; trouble is told once.
_told = False


def process_startup(*, force: bool = False, slug: str = "") -> Session | None:
    """Measure this process if the environment says so, until it ends; then save what ran.

    With COV_SETTINGS it is part of that run; else COVERAGE_PROCESS_START names the config file.
    Returns the session that was started: None if the environment says nothing, if it cannot be
    done, or if this process is measured already (PST-03). `force` ends what there is and starts
    anew. `slug` has no effect. Never raises; a config file that is no good is told on stderr.
    """
    from cov_cli.measured import session  # not where we stay out

    if force:
        session.end()
    elif session.running() is not None:
        return None
    if os.environ.get(VARIABLE):
        return session.start()
    return _begin(os.environ.get(START, ""))


def start() -> Session | None:
    """What the hook does. Stays out where coverage.py does the same, and of cov's own commands."""
    if os.environ.get(VARIABLE) == "":
        return None  # whoever started this process wants it left out
    if _is_cov() or _coverage_starts():
        return None
    return process_startup()


def _begin(config_file: str) -> Session | None:
    if not config_file:
        return None
    from cov_cli.measured import session

    try:
        options = _options(config_file)
        settings = _settings(options)
    except Exception as error:  # noqa: BLE001 - the program is not to suffer
        _tell(f"{START}: {describe(error)}: this process is not measured")
        return None
    os.environ[VARIABLE] = settings.pack()
    started = session.start()
    if started is None:
        del os.environ[VARIABLE]
    else:
        _note(options)
    return started


def _options(config_file: str) -> Options:
    from cov_cli.config import load_options

    return load_options(rcfile=config_file)


def _note(options: Options) -> None:
    """Warnings are for those who run cov: the next report tells them."""
    from cov_cli.checks import check_options
    from cov_cli.errors import is_disabled
    from cov_tracer._tracer import record

    place = os.path.abspath(options.config_file or "")
    for text in (*options.warnings, *check_options(options, "run")):
        if not is_disabled(text, options.disable_warnings):
            record("notice", [("text", f"{START}: {text}"), ("config", place)])


def _settings(options: Options) -> Settings:
    from cov_cli.checks import check_options
    from cov_cli.preparing import check_place, settings_for

    check_options(options, "run")
    # Several such processes, one after the other or at once, share a data file: each adds to it,
    # where coverage.py's overwrite one another (PST-06).
    mode = PARALLEL if options.parallel else APPEND
    program = os.path.dirname(os.path.realpath(sys.argv[0])) if sys.argv[:1] else ""
    settings = settings_for(options, mode=mode, search=[program, *sys.path])
    check_place(settings.data_file)
    return settings


def _tell(message: str) -> None:
    global _told
    if not _told:
        say(f"cov: error: {message}")
    _told = True


def _is_cov() -> bool:
    """Whether this process is a cov command, such as the report about what is measured here."""
    if not sys.argv:
        return False
    if sys.argv[0] == "-m":  # Python has not looked for the module yet
        return sys.orig_argv[-len(sys.argv)].removeprefix("-m") == "cov_cli"
    return b"cov_cli.main" in _beginning(sys.argv[0])


def _coverage_starts() -> bool:
    """Whether coverage.py is installed here, and something will start it in this process."""
    folders = list(dict.fromkeys(_folders()))
    if "coverage" not in sys.modules and not any(
        os.path.isfile(os.path.join(folder, "coverage", "__init__.py")) for folder in folders
    ):
        return False
    return any(_starts_coverage(_beginning(path)) for path in _startup_files(folders))


def _starts_coverage(text: bytes) -> bool:
    return b"coverage" in text and b"process_startup" in text and b"cov_cli" not in text


def _folders() -> Iterator[str]:
    """Where packages may come from. Some are not on sys.path yet while hooks are run."""
    yield from sys.path
    site = sys.modules.get("site")
    if site is None:
        return
    yield from site.getsitepackages([sys.prefix])
    settings = _beginning(os.path.join(sys.prefix, "pyvenv.cfg")).lower()
    if settings and b"include-system-site-packages = true" not in settings:
        return
    yield from site.getsitepackages([sys.base_prefix])
    if not sys.flags.no_user_site:
        yield site.getusersitepackages()


def _startup_files(folders: list[str]) -> Iterator[str]:
    for folder in folders:
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            continue
        for name in names:
            if name.endswith((".pth", ".start")) or name in (
                "sitecustomize.py",
                "usercustomize.py",
            ):
                yield os.path.join(folder, name)


def _beginning(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read(_GLANCE)
    except (OSError, ValueError):
        return b""
