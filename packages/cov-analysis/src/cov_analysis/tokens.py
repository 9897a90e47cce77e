"""Logical lines: how physical lines hang together."""

from __future__ import annotations

import io
import tokenize
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from .errors import NotPython
from .scanning import JOIN, logical_texts
from .source import Source

_BETWEEN_LINES = frozenset({tokenize.NL, tokenize.COMMENT, tokenize.ENCODING, tokenize.ENDMARKER})


@dataclass(frozen=True, slots=True)
class LogicalLine:
    """From a first token to its NEWLINE. Lines are 1-based, both ends included."""

    first: int
    last: int
    depth: int  # number of open indentations
    colon: int  # line of the last ":" outside brackets, 0 without any


class Layout:
    """How a file's physical lines form logical ones."""

    def __init__(self, logical: Callable[[], tuple[LogicalLine, ...]], firsts: dict[int, int]):
        self._logical = logical
        self.firsts = firsts  # continuation line -> first line of its logical line

    @cached_property
    def logical(self) -> tuple[LogicalLine, ...]:
        return self._logical()

    def first(self, line: int) -> int:
        """The first line of the logical line that `line` belongs to. Negative lines stay exits."""
        if line < 0:
            return -self.firsts.get(-line, -line)
        return self.firsts.get(line, line)

    def first_all(self, lines: Iterable[int]) -> set[int]:
        get = self.firsts.get
        return {get(line, line) for line in lines}


def layout(source: Source) -> Layout:
    """Read the lines of a `source` that compiles. Raises NotPython."""
    texts = logical_texts(source.text)
    return tokenized(source) if texts is None else _scanned(texts)


def tokenized(source: Source) -> Layout:
    """The same by the token stream, which takes longer. Raises NotPython."""
    try:
        logical = tuple(_logical_lines(source.text))
    except (tokenize.TokenError, SyntaxError) as error:
        line = getattr(error, "lineno", None)
        raise NotPython(source.path, line, str(error.args[0])) from error
    firsts = {
        line: entry.first for entry in logical for line in range(entry.first + 1, entry.last + 1)
    }
    return Layout(lambda: logical, firsts)


def _scanned(texts: list[str]) -> Layout:
    firsts: dict[int, int] = {}
    joined = 0
    for index, text in enumerate(texts, 1):
        if JOIN in text:
            first, more = index + joined, text.count(JOIN)
            firsts.update(dict.fromkeys(range(first + 1, first + more + 1), first))
            joined += more
    return Layout(lambda: tuple(_scanned_lines(texts)), firsts)


def _scanned_lines(texts: list[str]) -> Iterator[LogicalLine]:
    widths = [0]
    line = 1
    for text in texts:
        first, last = line, line + text.count(JOIN)
        line = last + 1
        bare = text.lstrip(" \t")
        if not bare:
            continue
        width = len(text[: len(text) - len(bare)].expandtabs())
        while width < widths[-1]:
            widths.pop()
        if width > widths[-1]:
            widths.append(width)
        colon = bare.replace(":=", "  ").rfind(":")
        at = 0 if colon < 0 else first + bare.count(JOIN, 0, colon)
        yield LogicalLine(first, last, len(widths) - 1, at)


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
