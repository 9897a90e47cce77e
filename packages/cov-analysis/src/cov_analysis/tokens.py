"""Logical lines: how physical lines hang together, from the token stream."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .errors import NotPython
from .source import Source

_BETWEEN_LINES = frozenset({tokenize.NL, tokenize.COMMENT, tokenize.ENCODING, tokenize.ENDMARKER})


@dataclass(frozen=True, slots=True)
class LogicalLine:
    """From a first token to its NEWLINE. Lines are 1-based, both ends included."""

    first: int
    last: int
    depth: int  # number of open indentations
    colon: int  # line of the last ":" outside brackets, 0 without any


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file's physical lines form logical ones."""

    logical: tuple[LogicalLine, ...]
    firsts: dict[int, int]  # continuation line -> first line of its logical line

    def first(self, line: int) -> int:
        """The first line of the logical line that `line` belongs to. Negative lines stay exits."""
        if line < 0:
            return -self.firsts.get(-line, -line)
        return self.firsts.get(line, line)

    def first_all(self, lines: Iterable[int]) -> set[int]:
        get = self.firsts.get
        return {get(line, line) for line in lines}


def layout(source: Source) -> Layout:
    """Read the tokens of `source`. Raises NotPython."""
    try:
        logical = tuple(_logical_lines(source.text))
    except (tokenize.TokenError, SyntaxError) as error:
        line = getattr(error, "lineno", None)
        raise NotPython(source.path, line, str(error.args[0])) from error
    firsts = {
        line: entry.first for entry in logical for line in range(entry.first + 1, entry.last + 1)
    }
    return Layout(logical, firsts)


def _logical_lines(text: str) -> Iterator[LogicalLine]:
    first = colon = brackets = depth = 0
    for kind, word, (line, _), _, _ in tokenize.generate_tokens(io.StringIO(text).readline):
        if kind == tokenize.INDENT:
            depth += 1
        elif kind == tokenize.DEDENT:
            depth -= 1
        elif kind == tokenize.NEWLINE:
            yield LogicalLine(first, line, depth, colon)
            first = colon = brackets = 0
        elif kind not in _BETWEEN_LINES:
            first = first or line
            if kind == tokenize.OP:
                if word == ":" and not brackets:
                    colon = line
                elif word in "([{":
                    brackets += 1
                elif word in ")]}":
                    brackets -= 1
