"""Is that command line one of Python? What a start in the ledger says, looked at. Pure.

A program is told by the name of its file, by being one that a measured process has turned out to
be, by the first line of a script, or by the first command of a shell's. Wrong guesses are cheap one
way only: a Python that is taken for something else is missed by nobody.
"""

from __future__ import annotations

import os
import re
import shlex
from itertools import pairwise

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

_PYTHON = re.compile(r"(python|pypy)w?(\d+(\.\d+)*)?[td]*(-dbg)?(\.exe)?", re.IGNORECASE)
_SHELLS = frozenset({"sh", "ash", "bash", "dash", "ksh", "zsh", "cmd", "cmd.exe"})
# Letters of any script are plain, and so are backslashes where they part the names of folders.
_SPECIAL = re.compile(rf"^~|[^\w@%+=:,./~{re.escape(os.sep)}-]")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_NO_PROGRAM = frozenset({"V", "h", "?", "--version", "--help"})


def is_python(path: str) -> bool:
    """Whether a file's name is one that interpreters have."""
    return _PYTHON.fullmatch(_base(path)) is not None


def _base(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2]


def shell_command(executable: str, argv: Sequence[str]) -> str | None:
    """The command that a shell was given, None if it is no shell with a command."""
    if _base(executable or (argv[0] if argv else "")) not in _SHELLS:
        return None
    for flag, command in pairwise(argv[1:]):
        if flag in ("/c", "/C") or (flag.startswith("-") and flag.endswith("c")):
            return command
        if not flag.startswith("-"):
            break
    return None


def python_words(
    executable: str,
    argv: Sequence[str],
    *,
    known: Collection[str] = (),
    first_line: Callable[[str], str] | None = None,
) -> list[str] | None:
    """The command line of the Python that a start is one of; None if it is not of Python.

    Its first word is the interpreter's file, as exactly as it is known. `known` are files that are
    interpreters whatever their names. `first_line` gives the first line of a file, "" if there is
    none; without it no script is looked at.
    """
    command = shell_command(executable, argv)
    words = list(argv) if command is None else _first_command(command)
    program = executable if command is None else ""
    if _base(program or (words[0] if words else "")) == "env" or command is not None:
        words, program = _without_env(words), ""
    program = program or (words[0] if words else "")
    if not program:
        return None
    if is_python(program) or program in known:
        return [program, *words[1:]]
    if words and is_python(words[0]):
        return words
    line = "" if first_line is None else first_line(program)
    if line.startswith("#!"):
        interpreter = _without_env(line[2:].split())
        if interpreter and (is_python(interpreter[0]) or interpreter[0] in known):
            return [*interpreter, program, *words[1:]]
    return None


def _first_command(text: str) -> list[str]:
    """The words of a shell's first command, up to whatever joins it to the next."""
    lexer = shlex.shlex(text, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    words = []
    try:
        for word in lexer:
            if set(word) <= set("();<>|&"):
                break
            words.append(word)
    except ValueError:  # a quotation mark without its other half
        return text.split()
    return words


def _without_env(words: list[str]) -> list[str]:
    """Without assignments, `exec`, `env` and its options in front."""
    rest = list(words)
    after_env = False
    while rest:
        word = rest[0]
        if word == "exec" or _ASSIGNMENT.match(word):
            pass
        elif _base(word) == "env":
            after_env = True
        elif not (after_env and word.startswith("-")):
            break
        del rest[: 2 if after_env and word in ("-u", "-C") else 1]
    return rest


def python_flags(words: Sequence[str]) -> set[str]:
    """The options between an interpreter and its program: letters, and words with two dashes."""
    flags: set[str] = set()
    rest = list(words[1:])
    while rest:
        word = rest.pop(0)
        if word == "-" or not word.startswith("-"):
            break
        if word.startswith("--"):
            flags.add(word)
            del rest[: word == "--check-hash-based-pycs"]
            continue
        for number, letter in enumerate(word[1:], start=2):
            flags.add(letter)
            if letter in "cm":
                return flags
            if letter in "XW":
                del rest[: number == len(word)]
                break
    return flags


def runs_no_program(flags: set[str]) -> bool:
    """Whether an interpreter with these options only says something about itself."""
    return bool(flags & _NO_PROGRAM) or any(flag.startswith("--help-") for flag in flags)


def quoted(word: str) -> str:
    """A name or an argument as one would type it: in quotes if a shell would take it apart."""
    if word and not _SPECIAL.search(word):
        return word
    return "'" + word.replace("'", "'\\''") + "'"


def shown(argv: Sequence[str], executable: str = "", limit: int = 70) -> str:
    """A command line on one line, as one would type it, no longer than `limit` characters."""
    command = shell_command(executable, argv)
    if command is None and len(argv) == 1 and " " in argv[0]:
        command = argv[0]  # of os.system
    words = list(argv) or [executable]
    if command is None:
        command = shlex.join([_base(words[0]) if os.sep in words[0] else words[0], *words[1:]])
    line = " ".join(command.split())
    line = "".join(letter if letter.isprintable() else "?" for letter in line)
    return line if len(line) <= limit else line[: limit - 3] + "..."
