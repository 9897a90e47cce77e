"""Parse, run, exit: from the words of the command line to an exit code."""

from __future__ import annotations

import sys

from cov_cli import errors
from cov_cli.commands import COMMANDS, LATER
from cov_cli.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cov_cli.options import Options


# These read no config file: they work where it is broken, and have no use for it.
_WITHOUT_SETTINGS = ("help", "hook")


def main(argv: Sequence[str] | None = None) -> int:
    """Do what the command line says (default: `sys.argv` without the program's name).

    Returns the exit code; only SystemExit gets out. The codes: docs/reference/commands.md.
    """
    try:
        code = _dispatch(list(sys.argv[1:] if argv is None else argv))
        if sys.stdout is not None:
            sys.stdout.flush()  # here, where a reader that went away can still be dealt with
        return code
    except SystemExit:
        raise
    except BaseException as error:  # noqa: BLE001 - the one place where errors end
        return errors.settle(error)


def _dispatch(words: list[str]) -> int:
    if not words:
        return _show("greeting")
    verb, rest = words[0], words[1:]
    if verb in ("-h", "--help"):
        verb, rest = "help", []
    elif verb == "--version":
        return _show("version")
    if verb not in COMMANDS:
        raise _unknown(verb)
    return _run(verb, rest)


def _unknown(verb: str) -> UsageError:
    from cov_cli.suggesting import suggestion

    if verb.startswith("-"):
        near = suggestion(verb, ("--help", "--version"))
        return UsageError(f"no such option before a command: {verb}{near}")
    if verb in LATER:
        return UsageError(f"cov does not have this command yet: {verb!r}")
    return UsageError(f"no such command: {verb!r}{suggestion(verb, COMMANDS)}")


def _run(verb: str, words: list[str]) -> int:
    import importlib

    from cov_cli.parsing import Parser

    command = importlib.import_module(COMMANDS[verb].module)
    parser = Parser(verb)
    command.add_arguments(parser)
    arguments = parser.read(words)
    if arguments.help:
        print(parser.format_help(), end="")
        return errors.OK
    if verb in _WITHOUT_SETTINGS:
        return int(command.run(arguments, None))
    return int(command.run(arguments, _options(verb, arguments.settings)))


def _options(verb: str, settings: dict[str, object]) -> Options:
    """The settings in force for a verb, checked; what they are warned about goes to stderr."""
    from cov_cli.checks import check_options
    from cov_cli.config import load_options

    rcfile = settings.get("rcfile")
    options = load_options(settings, rcfile=rcfile if isinstance(rcfile, str) else None)
    for warning in (*options.warnings, *check_options(options, verb)):
        errors.warn(warning, options.disable_warnings)
    return options


def _show(what: str) -> int:
    from cov_cli.commands.helping import greeting, version

    print(greeting() if what == "greeting" else version())
    return errors.OK


class _CallableModule(type(sys)):  # type: ignore[misc]
    """Importing this module binds it to `cov_cli.main`, where the public name stands for `main`.

    Whoever imported the package first, `cov_cli.main(...)` can be called.
    """

    def __call__(self, argv: Sequence[str] | None = None) -> int:
        return main(argv)


sys.modules[__name__].__class__ = _CallableModule
