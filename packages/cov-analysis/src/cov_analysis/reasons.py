"""Why a line is a statement, is excluded or is neither: what `cov explain` says of source. Pure."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from .dropped import Dropped
from .exclusions import (
    DEFAULT_EXCLUDE,
    DEFAULT_PARTIAL,
    DEFAULT_PARTIAL_ALWAYS,
    Cause,
    Exclusions,
    Match,
)
from .facts import SourceFacts
from .source import Source
from .statements import code_lines
from .tokens import Layout, LogicalLine, layout

Role = Literal["statement", "excluded", "none"]

_CLAUSE = re.compile(r"(else|finally)\b[\s\\]*:\s*(#|$)")
_SHOWN = 50  # characters of a text that a regex matched

_BUILT_IN = {*DEFAULT_EXCLUDE, *DEFAULT_PARTIAL, *DEFAULT_PARTIAL_ALWAYS}


@dataclass(frozen=True, slots=True)
class LineReason:
    """What a physical line is, and why: one fact a sentence. Lines are 1-based.

    `first` is the line whose colour it has: the first one of its statement, often itself.
    """

    line: int
    first: int
    role: Role
    facts: tuple[str, ...]


class Reasons:
    """Answers for one file. `origin` tells where a regex was configured, "" if nobody knows."""

    def __init__(
        self,
        source: Source,
        facts: SourceFacts,
        exclusions: Exclusions | None = None,
        origin: Callable[[str], str] = lambda regex: "",
    ) -> None:
        self._source = source
        self._facts = facts
        self._exclusions = Exclusions() if exclusions is None else exclusions
        self._origin = origin

    def line(self, line: int) -> LineReason:
        """What a line of the file is. Raises ValueError for a line that it does not have."""
        if not 1 <= line <= len(self._source.lines):
            raise ValueError(f"there is no line {line}")
        first = self._facts.first_lines.get(line, line)
        belongs: list[str] = []
        if first != line:
            belongs = [f"line {line} is part of the statement that begins on line {first}"]
        if first in self._facts.statements:
            return LineReason(line, first, "statement", tuple(belongs))
        for found in (line, first):
            if found in self._facts.excluded:
                return LineReason(line, found, "excluded", tuple(self._excluded(found)))
        kind = self._no_statement(line, first)
        if first in self._facts.docstrings or line in self._facts.docstrings:
            belongs = []
        return LineReason(line, first, "none", (*belongs, kind))

    def forgiven(self, line: int) -> list[str]:
        """Which patterns forgive the branches of a statement (first line); [] if none does."""
        matches = (
            self._exclusions.forgiving_matches(self._source) if self._is_forgiven(line) else []
        )
        last = self._last(line)
        found = [one for one in matches if one.first <= last and one.last >= line]
        return [self._matched(one) for one in found[:1]]

    def _is_forgiven(self, line: int) -> bool:
        return line in self._facts.no_branch

    # What has no code

    def _no_statement(self, line: int, first: int) -> str:
        text = self._source.lines[line - 1].strip()
        logical = self._logical(line)
        if logical is None:
            return f"line {line} is {'a comment' if text else 'blank'}"
        if first in self._facts.docstrings or line in self._facts.docstrings:
            return f"line {line} belongs to a docstring, which is no statement"
        whole = " ".join(self._source.lines[logical.first - 1 : logical.last])
        if clause := _CLAUSE.match(whole.strip()):
            return f"`{clause[1]}:` is no statement, only the lines below it are"
        node = self._dropped.statement(first)
        match node:
            case ast.Global() | ast.Nonlocal():
                word = type(node).__name__.lower()
                return f"`{word}` is a declaration for the compiler, and nothing that runs"
            case ast.AnnAssign(value=None):
                return "an annotation without a value does nothing here when the program runs"
        return self._dropped.why(first)

    @cached_property
    def _dropped(self) -> Dropped:
        has_code = self._layout.first_all(self._code_lines)
        return Dropped(self._source.tree, self._layout.first, has_code)

    @cached_property
    def _code_lines(self) -> set[int]:
        return code_lines(self._source, [self._source.code])

    @cached_property
    def _layout(self) -> Layout:
        return layout(self._source)

    def _logical(self, line: int) -> LogicalLine | None:
        """The logical line that a line is in; None between them."""
        logical = self._layout.logical
        at = bisect_right(logical, line, key=lambda entry: entry.first) - 1
        return logical[at] if at >= 0 and line <= logical[at].last else None

    def _last(self, first: int) -> int:
        logical = self._logical(first)
        return first if logical is None else logical.last

    # What is excluded

    def _excluded(self, line: int) -> list[str]:
        """From the line back to the text that matched, a step a sentence."""
        told: list[str] = []
        cause = self._causes[line]
        while cause.rule != "match":
            told.append(f"line {line} {_led_to(cause)}")
            line, cause = cause.line, self._causes[cause.line]
        matches = self._exclusions.excluding_matches(self._source)
        match = next(one for one in matches if one.first <= cause.line <= one.last)
        return [*told, self._matched(match)]

    def _matched(self, match: Match) -> str:
        lines = f"line {match.first}"
        if match.last > match.first:
            lines = f"lines {match.first} to {match.last}"
        text = " ".join(match.text.split())
        if len(text) > _SHOWN:
            text = text[: _SHOWN - 3] + "..."
        origin = self._origin(match.regex)
        which = f"a regex of {origin}" if origin else "a regex"
        if not origin and match.regex in _BUILT_IN:
            which = "a built-in regex"
        return f"`{text}` on {lines} matches {which}: {match.regex}"

    @cached_property
    def _causes(self) -> dict[int, Cause]:
        return self._exclusions.causes(
            self._source, self._layout, self._source.tree, self._code_lines
        )


def _led_to(cause: Cause) -> str:
    match cause.rule:
        case "suite":
            return f"lies below line {cause.line}, which is excluded with its suite"
        case "case":
            return "is a case that always matches, and all below it is excluded"
        case _:
            return (
                f"lies in the {cause.definition}, which begins on line {cause.first} "
                "and is excluded as a whole"
            )
