"""Pragmas and patterns: which lines are excluded, and which branches are forgiven."""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from .errors import AnalysisError
from .flow.walk import always_matches
from .source import Source
from .tokens import Layout, LogicalLine
from .tree import start_line, statements

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


class Cause(NamedTuple):
    """Why a line is excluded. Lines are 1-based.

    match: a text that touches `line` matched. Else the line goes with `line`, which has a cause of
    its own. suite: it lies below that header. case: it is the case that always matches above it.
    definition: it lies in `definition`, "function 'f'" or the like, which begins on line `first`.
    """

    rule: Literal["match", "suite", "case", "definition"]
    line: int
    first: int = 0
    definition: str = ""


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

    def causes(
        self, source: Source, layout: Layout, tree: ast.Module, code_lines: Collection[int]
    ) -> dict[int, Cause]:
        """The excluded lines, blank ones and comments of excluded definitions included, and why.

        `tree` is that of `source`, `code_lines` are the physical lines that have bytecode.
        """
        matched = _matching_lines(self.exclude, source)
        causes = {line: Cause("match", line) for line in sorted(matched)}
        if not causes:
            return causes
        _add_suites(causes, layout)
        causes = _of_first_lines(causes, layout)
        _add_final_cases(causes, tree, layout, code_lines)
        _add_definitions(causes, tree, layout)
        return causes

    def forgiven(self, source: Source, layout: Layout) -> set[int]:
        """First lines of the statements whose missing branches are not reported."""
        lines = _matching_lines(self.partial, source)
        return layout.first_all(lines | _matching_lines(self.partial_always, source))

    def excluding_matches(self, source: Source) -> list[Match]:
        """What `causes` begins with: every match, in order, and the regex that made it."""
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


def _add_suites(causes: dict[int, Cause], layout: Layout) -> None:
    """Exclude the suites of headers that are touched, up to the colon, by a match (EXC-09)."""
    matched = set(causes)
    header: LogicalLine | None = None  # whose suite is being excluded
    for entry in layout.logical:
        if header is not None and entry.depth <= header.depth:
            header = None
        if header is not None:
            causes.setdefault(entry.first, Cause("suite", header.first))
        elif entry.colon:
            touched = (line for line in range(entry.first, entry.colon + 1) if line in matched)
            hit = next(touched, 0)
            if hit:
                header = entry
                causes.setdefault(entry.first, causes[hit])


def _of_first_lines(causes: dict[int, Cause], layout: Layout) -> dict[int, Cause]:
    """A logical line is excluded where any line of it is."""
    moved: dict[int, Cause] = {}
    for line, cause in causes.items():
        moved.setdefault(layout.first(line), cause)
    return moved


def _add_final_cases(
    causes: dict[int, Cause], tree: ast.Module, layout: Layout, code_lines: Collection[int]
) -> None:
    """Exclude a case that always matches when nothing of its body is left (EXC-14)."""
    for node in statements(tree):
        if isinstance(node, ast.Match) and always_matches(node.cases[-1]):
            case = node.cases[-1]
            body = range(case.body[0].lineno, (case.body[-1].end_lineno or 0) + 1)
            code = [line for line in body if line in code_lines]
            if code and all(line in causes for line in code):
                causes.setdefault(layout.first(case.pattern.lineno), Cause("case", code[0]))


def _add_definitions(causes: dict[int, Cause], tree: ast.Module, layout: Layout) -> None:
    """Exclude whole functions and classes, decorators to last line (EXC-12)."""
    for node in statements(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            first = layout.first(start_line(node))
            hit = next((line for line in range(first, node.lineno + 1) if line in causes), 0)
            if hit:
                kind = "class" if isinstance(node, ast.ClassDef) else "function"
                cause = Cause("definition", hit, first, f"{kind} '{node.name}'")
                below = Cause("suite", layout.first(node.lineno))
                for line in range(first, (node.end_lineno or node.lineno) + 1):
                    # That it lies in the suite of the header is true as well, and says less.
                    if causes.get(line, below) == below:
                        causes[line] = cause
