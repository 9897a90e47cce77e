"""The command line of a verb: a parser derived from the option table.

Not argparse: loading it takes a quarter of the time that `cov run` may take before the program
starts, it treats options behind file names differently in every Python version, and it looks at the
arguments of the program that is run (`prog.py --co` would be an ambiguous option of ours).
"""

from __future__ import annotations

import os

from cov_cli.commands import COMMANDS
from cov_cli.errors import UsageError
from cov_cli.options import options_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cov_cli.table.row import Option


class Arguments:
    """What follows a verb: settings that were given, by name, and positional arguments.

    For `run`, `args` is the program and everything behind it.
    """

    def __init__(self) -> None:
        self.help = False
        self.settings: dict[str, object] = {}
        self.args: list[str] = []


class _Flag:
    """What a flag does: set a setting, to a value of its own if it takes none."""

    def __init__(self, row: Option[object] | None, value: object = None) -> None:
        self.row = row  # None: help
        self.value = value
        self.takes_value = row is not None and row.kind.takes_value


class Parser:
    """The parser of one verb. `epilog` is what its help ends with."""

    def __init__(self, verb: str) -> None:
        self.verb = verb
        self.epilog = ""
        self._flags = {"-h": _Flag(None), "--help": _Flag(None)}
        for row in options_of(verb):
            self._flags.update(dict.fromkeys(row.flags, _Flag(row, True)))
            self._flags.update(dict.fromkeys(row.off_flags, _Flag(row, False)))

    def read(self, words: Sequence[str]) -> Arguments:
        """Parse what follows the verb. Raises UsageError.

        Options may stand before and behind positional arguments, up to a ``--``; for `run` they
        end where the program begins (RUN-01).
        """
        found = Arguments()
        rest = list(words)
        while rest:
            word = rest.pop(0)
            if word == "--":
                found.args += rest
                break
            if word == "-" or not word.startswith("-"):
                found.args.append(word)
                if self.verb == "run":
                    found.args += rest
                    break
            elif word.startswith("--"):
                self._read_long(word, rest, found)
            else:
                self._read_short(word, rest, found)
        return found

    def _read_long(self, word: str, rest: list[str], found: Arguments) -> None:
        """``--flag``, ``--flag value`` or ``--flag=value``; flags may be shortened (CLI-06)."""
        typed, equals, value = word.partition("=")
        name = self._complete(typed)
        flag = self._flags[name]
        if equals and not flag.takes_value:
            raise self._error(f"{name} takes no value: {value!r}")
        self._apply(name, [value, *rest] if equals else rest, found)
        if flag.takes_value and not equals:
            rest.pop(0)

    def _complete(self, typed: str) -> str:
        if typed in self._flags:
            return typed
        matches = sorted(name for name in self._flags if name.startswith(typed))
        if not matches:
            raise self._error(f"no such option: {typed}{self._way_out(typed)}")
        if len(matches) > 1:
            raise self._error(f"ambiguous option: {typed} could be {' or '.join(matches)}")
        return matches[0]

    def _way_out(self, typed: str) -> str:
        """What was meant, or which commands have this option."""
        from cov_cli.suggesting import suggestion

        there = [verb for verb in COMMANDS if any(typed in row.flags for row in options_of(verb))]
        if there:
            return f"; it is one of cov {', cov '.join(there)}"
        return suggestion(typed, [name for name in self._flags if name.startswith("--")])

    def _read_short(self, word: str, rest: list[str], found: Arguments) -> None:
        """``-m``, ``-mi``, ``-o value`` or ``-ovalue``."""
        for index, letter in enumerate(word[1:], start=2):
            name = f"-{letter}"
            if name not in self._flags:
                raise self._error(f"no such option: {name}{f' in {word}' if len(word) > 2 else ''}")
            attached = word[index:]
            if self._flags[name].takes_value:
                self._apply(name, [attached, *rest] if attached else rest, found)
                if not attached:
                    rest.pop(0)
                return
            self._apply(name, rest, found)

    def _apply(self, name: str, rest: list[str], found: Arguments) -> None:
        """Do what a flag says; its value, if it takes one, is the first of `rest`."""
        flag = self._flags[name]
        if flag.row is None:
            found.help = True
            return
        value = flag.value
        if flag.takes_value:
            if not rest:
                raise self._error(f"{name} needs a value, {flag.row.metavar}")
            try:
                value = flag.row.kind.argument(rest[0])
            except ValueError as error:
                raise self._error(f"{name}: {error}") from None
        if value != ():  # CLI-13: an empty list counts as not given
            name = flag.row.name
            if name in found.settings:
                value = flag.row.kind.joined(found.settings[name], value)
            found.settings[name] = value

    def _error(self, message: str) -> UsageError:
        return UsageError(message, self.verb)

    def format_help(self) -> str:
        """Usage, purpose and options, as wide as COLUMNS says (default 100)."""
        command = COMMANDS[self.verb]
        rows = [(shown_flags(row), row.help) for row in options_of(self.verb)]
        for row in options_of(self.verb):
            if row.off_flags:
                undone = f"Undo {row.flags[-1]}, or the setting."
                rows.append((", ".join(row.off_flags), undone))
        rows.append(("-h, --help", "Show this help."))
        width = max(len(flags) for flags, _ in rows) + 4
        parts = [
            f"usage: cov {self.verb} [options] {command.positionals}".rstrip(),
            command.summary,
            "\n".join(_wrapped(help, f"  {flags}".ljust(width)) for flags, help in rows),
        ]
        if self.epilog:
            parts.append(_wrapped(self.epilog))
        return "\n\n".join(parts) + "\n"


def shown_flags(row: Option[object]) -> str:
    """The flags of a row as help shows them: ``-o FILE`` or ``--omit=PATTERNS``."""
    short, long = (f" {row.metavar}", f"={row.metavar}") if row.metavar else ("", "")
    return ", ".join(flag + (long if flag.startswith("--") else short) for flag in row.flags)


def _wrapped(text: str, head: str = "") -> str:
    import textwrap

    columns = os.environ.get("COLUMNS", "")
    width = max(40, int(columns)) if columns.isdecimal() else 100
    return textwrap.fill(
        text,
        width,
        initial_indent=head,
        subsequent_indent=" " * len(head),
        break_on_hyphens=False,
    )
