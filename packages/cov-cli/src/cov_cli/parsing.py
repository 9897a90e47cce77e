"""The command line of a verb: a parser derived from the option table, and how it is applied.

argparse does the options; positional arguments are told apart here, because what it does with
options behind them differs between Python versions, and because for `run` everything behind the
program belongs to the program, whatever it looks like (RUN-01).
"""

from __future__ import annotations

import argparse
import os

from cov_cli.commands import COMMANDS
from cov_cli.errors import UsageError
from cov_cli.options import Option, options_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn


class _Formatter(argparse.HelpFormatter):
    """Takes the width from COLUMNS; argparse would load compression modules to learn it."""

    def __init__(self, prog: str, **settings: object) -> None:
        columns = os.environ.get("COLUMNS", "")
        width = int(columns) if columns.isdigit() and int(columns) > 20 else 100
        super().__init__(prog, max_help_position=32, width=width)


class Parser(argparse.ArgumentParser):
    """The parser of one verb. Raises UsageError where argparse would exit."""

    def __init__(self, verb: str) -> None:
        command = COMMANDS[verb]
        super().__init__(
            prog=f"cov {verb}",
            usage=f"cov {verb} [options]{' ' if command.positionals else ''}{command.positionals}",
            description=command.summary,
            formatter_class=_Formatter,
            add_help=False,
        )
        self.verb = verb
        self.add_argument("-h", "--help", action="store_true", help="Show this help.")
        for row in options_of(verb):
            _add_row(self, row)

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, self.verb)

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        raise UsageError(message or "", self.verb)

    def read(self, arguments: Sequence[str]) -> argparse.Namespace:
        """Parse what follows the verb. Settings that were not given are not in the result.

        Positional arguments are in `args`. Raises UsageError.
        """
        ours, theirs = self._split(arguments)
        namespace, rest = self.parse_known_args(ours)
        for word in rest:
            if word.startswith("-") and word != "-":
                raise UsageError(f"no such option: {word}", self.verb)
        namespace.args = rest + theirs
        return namespace

    def _split(self, arguments: Sequence[str]) -> tuple[list[str], list[str]]:
        """Cut off what must not be looked at: behind ``--``, or for `run` from the program on."""
        position = 0
        while position < len(arguments):
            word = arguments[position]
            if word == "--":
                return list(arguments[:position]), list(arguments[position + 1 :])
            if self.verb == "run" and (not word.startswith("-") or word == "-"):
                return list(arguments[:position]), list(arguments[position:])
            position += 2 if self._takes_next(word) else 1
        return list(arguments), []

    def _takes_next(self, word: str) -> bool:
        """Whether a word is a flag whose value is the word behind it."""
        if not word.startswith("-") or word == "-" or "=" in word:
            return False
        flags = self._option_string_actions
        if word.startswith("--"):
            matches = [flag for flag in flags if flag == word] or [
                flag for flag in flags if flag.startswith(word)
            ]
            return bool(matches) and flags[matches[0]].nargs != 0
        # Bundled short flags: the first that takes a value takes the rest of the word, if any.
        for index, letter in enumerate(word[1:], start=2):
            action = flags.get(f"-{letter}")
            if action is not None and action.nargs != 0:
                return index == len(word)
        return False


def _add_row(parser: argparse.ArgumentParser, row: Option[object]) -> None:
    """Add an option; unless it is given it leaves no trace, so that config files have their say."""
    if row.kind.takes_value:

        def read(text: str) -> object:
            try:
                return row.kind.argument(text)
            except ValueError as error:
                raise argparse.ArgumentTypeError(str(error)) from None

        parser.add_argument(
            *row.flags,
            dest=row.name,
            type=read,
            metavar=row.metavar,
            default=argparse.SUPPRESS,
            help=_escaped(row.help),
        )
        return
    for flags, value in ((row.flags, True), (row.off_flags, False)):
        if flags:
            parser.add_argument(
                *flags,
                dest=row.name,
                action="store_const",
                const=value,
                default=argparse.SUPPRESS,
                help=_escaped(row.help) if value else f"Undo {row.flags[-1]}, or the setting.",
            )


def _escaped(help: str) -> str:
    return help.replace("%", "%%")


def settings_in(namespace: argparse.Namespace, verb: str) -> dict[str, object]:
    """The settings that were given, by their names; an empty list counts as none (CLI-13)."""
    return {
        row.name: getattr(namespace, row.name)
        for row in options_of(verb)
        if getattr(namespace, row.name, ()) != ()
    }
