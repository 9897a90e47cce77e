"""``cov help``: what there is, and how to use it. Also the greeting and ``--version``."""

from __future__ import annotations

import sys

from cov_cli._version import __version__
from cov_cli.commands import COMMANDS
from cov_cli.errors import OK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cov_cli.options import Options
    from cov_cli.parsing import Arguments, Parser


def add_arguments(parser: Parser) -> None:
    """There is nothing but the topics."""


def run(arguments: Arguments, options: Options | None) -> int:
    """Print the overview, or the help of each topic; an unknown one is no error (EXI-15)."""
    for topic in arguments.args or [""]:
        print(_topic(topic))
    return OK


def greeting() -> str:
    return f"{version()}\nUse 'cov help' to see what it can do."


def version() -> str:
    """One line: our version, the Python that runs us, and the event source it gives us."""
    python = ".".join(map(str, sys.version_info[:3]))
    return f"cov, version {__version__}, on {sys.implementation.name} {python}, {_core()}"


def _core() -> str:
    try:
        from cov_tracer import CORE
    except ImportError as error:
        return f"without its C extension ({error})"
    return f"core {CORE}"


def _topic(topic: str) -> str:
    if topic in COMMANDS:
        return command_help(topic)
    if topic == "version":
        return version()
    return overview() if not topic else f"There is no help about {topic!r}.\n\n{overview()}"


def command_help(verb: str) -> str:
    """What ``cov VERB --help`` prints, without the last newline."""
    import importlib

    from cov_cli.parsing import Parser

    parser = Parser(verb)
    importlib.import_module(COMMANDS[verb].module).add_arguments(parser)
    return parser.format_help().rstrip("\n")


def overview() -> str:
    width = max(map(len, COMMANDS))
    verbs = "\n".join(f"  {verb:{width}}  {command.summary}" for verb, command in COMMANDS.items())
    return f"""\
usage: cov COMMAND [OPTIONS] [ARGUMENTS]

Measure what runs of a Python program: lines and branches, in all its processes.

{verbs}

'cov help COMMAND' tells more about one of them; 'cov --version' tells the version."""
