"""Pragmas and patterns: which lines are excluded, and which branches are forgiven."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from .errors import AnalysisError
from .flow.walk import always_matches
from .source import Source
from .tokens import Layout
from .tree import definition_start, statements

# EXC-01, EXC-02, EXC-03
DEFAULT_EXCLUDE = (
    r"#\s*(pragma|PRAGMA)[:\s]?\s*(no|NO)\s*(cover|COVER)",
    r"^\s*(((async )?def .*?)?[\])]+(\s*->.*?)?:\s*)?\.\.\.\s*(#|$)",
    r"^\s*if (typing\.)?TYPE_CHECKING:",
)
# EXC-04
DEFAULT_PARTIAL = (r"#\s*(pragma|PRAGMA)[:\s]?\s*(no|NO)\s*(branch|BRANCH)",)
# EXC-05
DEFAULT_PARTIAL_ALWAYS = (r"^\s*while (True|1|False|0):", r"^\s*if (True|1|False|0):")

# What a text has to contain, at least one of, for a regex to match anywhere in it.
WORDS = {
    DEFAULT_EXCLUDE[0]: ("pragma", "PRAGMA"),
    DEFAULT_EXCLUDE[1]: ("...",),
    DEFAULT_EXCLUDE[2]: ("TYPE_CHECKING:",),
    DEFAULT_PARTIAL[0]: ("pragma", "PRAGMA"),
    DEFAULT_PARTIAL_ALWAYS[0]: ("while True:", "while 1:", "while False:", "while 0:"),
    DEFAULT_PARTIAL_ALWAYS[1]: ("if True:", "if 1:", "if False:", "if 0:"),
}


@dataclass(frozen=True, slots=True)
class Match:
    """A text that a regex matched, for explanations. Lines are 1-based, both ends included."""

    regex: str  # as configured
    first: int
    last: int
    text: str


class Exclusions:
    """Three lists of regexes, searched with MULTILINE in the whole text; None means the defaults.

    exclude: lines that do not count. partial: branch lines that are forgiven. partial_always:
    the same, by syntax. The regexes of a list are joined by alternation, so a global flag works
    only in a list of one; `(?s:...)` works everywhere. Raises AnalysisError for a bad regex.
    """

    def __init__(
        self,
        exclude: Sequence[str] | None = None,
        partial: Sequence[str] | None = None,
        partial_always: Sequence[str] | None = None,
    ) -> None:
        self.exclude = tuple(DEFAULT_EXCLUDE if exclude is None else exclude)
        self.partial = tuple(DEFAULT_PARTIAL if partial is None else partial)
        self.partial_always = tuple(
            DEFAULT_PARTIAL_ALWAYS if partial_always is None else partial_always
        )
        # All together, whatever a source needs of them: a bad one is bad.
        self._exclude = _join(self.exclude)
        self._partial = _join(self.partial)
        self._always = _join(self.partial_always)

    def excluded(
        self, source: Source, layout: Layout, tree: ast.Module, code_lines: Collection[int]
    ) -> set[int]:
        """The excluded lines, blank ones and comments of excluded definitions included.

        `tree` is that of `source`, `code_lines` are the physical lines that have bytecode.
        """
        lines = _matching_lines(self.exclude, source)
        if not lines:
            return lines
        lines |= _suites(lines, layout)
        lines = layout.first_all(lines)
        _add_final_cases(lines, tree, layout, code_lines)
        _add_definitions(lines, tree, layout)
        return lines

    def forgiven(self, source: Source, layout: Layout) -> set[int]:
        """First lines of the statements whose missing branches are not reported."""
        lines = _matching_lines(self.partial, source)
        return layout.first_all(lines | _matching_lines(self.partial_always, source))

    def excluding_matches(self, source: Source) -> list[Match]:
        """What `excluded` begins with: every match, in order, and the regex that made it."""
        return _matches(self._exclude, self.exclude, source)

    def forgiving_matches(self, source: Source) -> list[Match]:
        """The same for `forgiven`."""
        found = _matches(self._partial, self.partial, source)
        return found + _matches(self._always, self.partial_always, source)


@cache
def _join(regexes: tuple[str, ...]) -> re.Pattern[str] | None:
    if not any(regexes):
        return None
    joined = regexes[0] if len(regexes) == 1 else "|".join(f"(?:{regex})" for regex in regexes)
    try:
        return re.compile(joined, re.MULTILINE)
    except (re.error, OverflowError, RecursionError) as error:
        raise AnalysisError(_blame(regexes, error)) from error


def _blame(regexes: Sequence[str], joined_error: Exception) -> str:
    for regex in regexes:
        try:
            re.compile(f"(?:{regex})", re.MULTILINE)
        except (re.error, OverflowError, RecursionError) as error:
            return f"bad exclusion regex {regex!r}: {error}"
    return f"these exclusion regexes cannot be combined: {list(regexes)!r}: {joined_error}"


def _matching_lines(regexes: Sequence[str], source: Source) -> set[int]:
    """Every line a match touches, from its first character's to its end's (EXC-08)."""
    lines: set[int] = set()
    if WORDS.keys() >= set(regexes):  # else one may refer to the groups of another
        regexes = [regex for regex in regexes if _may_match(regex, source.text)]
    pattern = _join(tuple(regexes))
    if pattern is not None:
        starts = source.line_starts
        for found in pattern.finditer(source.text):
            first = bisect_right(starts, found.start())
            lines.update(range(first, bisect_right(starts, found.end(), first - 1) + 1))
    return lines


def _may_match(regex: str, text: str) -> bool:
    """Most sources need no search: one of these takes long where blank lines follow one another."""
    return any(word in text for word in WORDS[regex])


def _matches(
    pattern: re.Pattern[str] | None, regexes: Sequence[str], source: Source
) -> list[Match]:
    starts = source.line_starts
    matches = []
    for found in pattern.finditer(source.text) if pattern is not None else ():
        first = bisect_right(starts, found.start())
        last = bisect_right(starts, found.end(), first - 1)
        matches.append(Match(_regex_of(found, regexes), first, last, found.group()))
    return matches


def _regex_of(found: re.Match[str], regexes: Sequence[str]) -> str:
    """The regex of an alternation that made a match: the first that would, there and on its own."""
    for regex in regexes:
        try:
            alone = re.compile(regex, re.MULTILINE).match(found.string, found.start())
        except re.error:  # a reference to a group of another one
            continue
        if alone is not None and alone.end() == found.end():
            return regex
    return "|".join(regexes)


def _suites(lines: set[int], layout: Layout) -> set[int]:
    """The lines of the suites whose headers, up to the colon, are touched by `lines` (EXC-09)."""
    added: set[int] = set()
    limit: int | None = None  # depth of the header whose suite is being excluded
    for entry in layout.logical:
        if limit is not None and entry.depth <= limit:
            limit = None
        if limit is not None:
            added.add(entry.first)
        elif entry.colon and any(line in lines for line in range(entry.first, entry.colon + 1)):
            limit = entry.depth
            added.add(entry.first)
    return added


def _add_definitions(lines: set[int], tree: ast.Module, layout: Layout) -> None:
    """Exclude whole functions and classes, decorators to last line (EXC-12)."""
    for node in statements(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            first = layout.first(definition_start(node))
            if any(line in lines for line in range(first, node.lineno + 1)):
                lines.update(range(first, (node.end_lineno or node.lineno) + 1))


def _add_final_cases(
    lines: set[int], tree: ast.Module, layout: Layout, code_lines: Collection[int]
) -> None:
    """Exclude a case that always matches when nothing of its body is left (EXC-14)."""
    for node in statements(tree):
        if isinstance(node, ast.Match) and always_matches(node.cases[-1]):
            case = node.cases[-1]
            body = range(case.body[0].lineno, (case.body[-1].end_lineno or 0) + 1)
            code = [line for line in body if line in code_lines]
            if code and lines.issuperset(code):
                lines.add(layout.first(case.pattern.lineno))
