"""``cov run``: become the program, measured.

The settings go into one environment variable, and this process is replaced by a fresh interpreter
with the very command line Python would have had: docs/decisions/0003-one-way-in.md.
"""

from __future__ import annotations

import os
import sys

from cov_cli.errors import UsageError
from cov_cli.measured.settings import APPEND, FRESH, PARALLEL, VARIABLE, Settings
from cov_cli.preparing import check_place, homes, settings_for
from cov_cli.slugs import AT_THE_END

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from importlib.machinery import ModuleSpec

    from cov_cli.options import Options
    from cov_cli.parsing import Arguments, Parser

# Interpreter flags whose value is the word behind them.
_FLAGS_WITH_VALUE = ("-W", "-X", "--check-hash-based-pycs")

# With these coverage.py, if it is installed, would measure the same processes beside us.
_NOT_FOR_THE_PROGRAM = ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG")


def add_arguments(parser: Parser) -> None:
    parser.epilog = (
        "PROGRAM is a script, a directory or zip archive with a __main__.py, or with -m a module. "
        "Everything behind it belongs to it. Python processes that it starts are measured too; "
        "`patch =`, set but empty in the configuration, turns that off."
    )


def run(arguments: Arguments, options: Options) -> int:
    program = _program(arguments.args, options)
    check = _check_module if program.module else _check_program
    check(program.words[0])
    settings = _settings(options, program)
    check_place(settings.data_file)
    if settings.mode == APPEND:
        _check_kind(settings)
    return _become(program, settings)


class _Program:
    """What to run: the program's name and its arguments; `module` if the name is a module's."""

    def __init__(self, words: list[str], module: bool) -> None:
        self.words = words
        self.module = module


def _program(words: list[str], options: Options) -> _Program:
    """RUN-01, RUN-02."""
    if words:
        return _Program(words, options.module)
    if options.module:
        raise UsageError("no module to run: -m wants a name", "run")
    if not options.command_line:
        raise UsageError("nothing to run: name a program, or set [run] command_line", "run")
    import shlex

    words = shlex.split(options.command_line)
    module = bool(words) and words[0] in ("-m", "--module")
    words = words[1:] if module else words
    if not words:
        raise UsageError(f"{options.origin('command_line')}: there is no program in it", "run")
    return _Program(words, module)


def _check_program(name: str) -> None:
    """RUN-18, RUN-20: what cannot be found is said before anything is touched."""
    if os.path.isdir(name):
        inside = [os.path.join(name, "__main__" + ending) for ending in (".py", ".pyc")]
        if not any(map(os.path.isfile, inside)):
            raise UsageError(f"cannot run the directory {name!r}: it has no __main__.py", "run")
    elif not os.path.exists(name) and name != "-":
        raise UsageError(f"no file to run: {name!r}", "run")
    elif not os.access(name, os.R_OK) and name != "-":
        raise UsageError(f"cannot read the program: {name!r}", "run")


def _check_module(name: str) -> None:
    """RUN-20 for `-m`. Looks without importing anything; in case of doubt Python has to tell."""
    path = _path_of_modules()
    if _module_file(path, name):
        return
    found = ""
    places: Iterable[str] | None = path
    for part in name.split("."):
        found = f"{found}.{part}" if found else part
        try:
            spec = None if places is None else _spec(found, places)
        except Exception:  # noqa: BLE001 - somebody's finder, or a parent that wants to be imported
            return
        if spec is None:
            raise UsageError(f"no module to run: {name!r}", "run")
        places = spec.submodule_search_locations
    if places is not None and _spec(f"{name}.__main__", places) is None:
        raise UsageError(f"cannot run the package {name!r}: it has no __main__ module", "run")


def _path_of_modules() -> list[str]:
    safe = sys.flags.safe_path  # else our own sys.path[0] is not the program's
    return sys.path if safe else [os.getcwd(), *sys.path[1:]]


def _module_file(places: Iterable[str], name: str) -> str:
    """What `-m` runs, "" if it is not where it is looked for first.

    Packages may spread over many places, which they add when they are imported.
    """
    inside = name.replace(".", os.sep)
    files = [inside + ".py", os.path.join(inside, "__main__.py")]
    paths = (os.path.join(place, file) for place in places for file in files)
    return next(filter(os.path.isfile, paths), "")


def _spec(name: str, places: Iterable[str]) -> ModuleSpec | None:
    found = (finder.find_spec(name, list(places)) for finder in sys.meta_path)
    return next(filter(None, found), None)


def _settings(options: Options, program: _Program) -> Settings:
    first = "" if program.module else os.path.dirname(os.path.realpath(program.words[0]))
    mode = PARALLEL if options.parallel else APPEND if options.append else FRESH
    return settings_for(
        options,
        mode=mode,
        search=[first, *sys.path[1:]],
        program=_file(program),
        warn=AT_THE_END,
    )


def _file(program: _Program) -> str:
    """The source file that is run, "" if it is not known."""
    name = program.words[0]
    if program.module:
        return _module_file(_path_of_modules(), name)
    return os.path.join(name, "__main__.py") if os.path.isdir(name) else name


def _check_kind(settings: Settings) -> None:
    """LIM-56: lines cannot be added to branches; said before the program runs."""
    if not os.path.exists(settings.data_file):
        return
    from cov_data import MixedKinds, Reader

    with Reader(settings.data_file) as data:
        if data.files() and data.has_arcs != settings.branch:
            kinds = ("lines", "branches") if settings.branch else ("branches", "lines")
            raise MixedKinds(
                f"{settings.data_file} holds {kinds[0]}, this run would add {kinds[1]}: "
                "use the same --branch for both, or leave --append out"
            )


def _become(program: _Program, settings: Settings) -> int:
    words = ["-m", *program.words] if program.module else program.words
    if not _hook_runs():
        from cov_cli import bootstrap

        how = "module" if program.module else "file"
        words = ["-c", bootstrap.command(homes()), how, *program.words]
    command = [sys.executable, *_interpreter_flags(), *words]
    environment = {**os.environ, VARIABLE: settings.pack(), "COVERAGE_RUN": "true"}
    for variable in _NOT_FOR_THE_PROGRAM:
        environment.pop(variable, None)
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    if os.name == "nt":
        return _run_and_wait(command, environment)
    os.execve(sys.executable, command, environment)


def _run_and_wait(command: list[str], environment: dict[str, str]) -> int:
    """Windows cannot replace a process: the child is the program, and its data is saved here."""
    import subprocess

    return subprocess.run(command, env=environment, check=False).returncode


def _hook_runs() -> bool:
    """Is our hook where this interpreter's `site` looks for hooks?"""
    site = sys.modules.get("site")
    if site is None or sys.flags.no_site:
        return False
    places = list(site.getsitepackages())
    if site.ENABLE_USER_SITE:
        places.append(site.getusersitepackages())
    return any(os.path.exists(os.path.join(place, "cov_startup.pth")) for place in places)


def _interpreter_flags() -> list[str]:
    """The flags that this interpreter was given before the module or script."""
    flags: list[str] = []
    words = iter(sys.orig_argv[1:])
    for word in words:
        if word in ("", "-") or word[0] != "-":
            break
        if word[1] not in "-WX" and word[-1] in "mc":
            break  # -m and -c, maybe joined with other letters
        flags.append(word)
        if word in _FLAGS_WITH_VALUE:
            flags.append(next(words, ""))
    return flags
