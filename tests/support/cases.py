"""Sample programs below tests/cases and the marks beside their lines.

A case opens with comment lines: what it is about, then `# python: >=3.12` (`>=3.11,<3.14`). Beside
its lines stand marks, in a comment, several joined by ";":

    missed                          the line does not run
    branch: 5 missed, exit taken    all ways out of a branch line, and which of them were taken
    excluded                        the line does not count
    no code                         the compiler has nothing for it: it is no statement
    region: C.method 2/3            what begins here: its name, statements that ran, statements

A line without such a mark on which a statement begins is a statement that runs, and no branch line.
`else:`, `finally:`, `global`, `nonlocal` and docstrings need no mark. Of a line that `no branch`
forgives, only the ways taken are named. Regions are looked at in files that mark all of them.

A mark that holds for some versions only says so: `missed on >=3.14`. Where no comment can stand
beside a line, its marks stand on a line of their own above it: `# below: missed`.
"""

from __future__ import annotations

import ast
import re
import sys
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

CASES: Final = Path(__file__).parent.parent / "cases"

# Stands for "leaves the function, class or module" among the targets of a branch.
EXIT: Final = 0

Ways = dict[int, dict[int, bool]]  # branch line -> target (EXIT: exit) -> taken

_HEADER = re.compile(r"# python: (?P<range>.+)")
_MARK = re.compile(
    r"[#;]\s*(?P<below>below:\s*)?"
    r"(?:(?P<what>missed|excluded|no code)|branch: (?P<ways>[^;#]+?)|region: (?P<region>[^;#]+?))"
    r"(?: on (?P<range>[<>=.,\d ]+?))?\s*(?=[;#]|$)"
)
_WAY = re.compile(r"(?P<target>exit|\d+) (?P<what>missed|taken)")
_REGION = re.compile(r"(?P<name>\S+) (?P<executed>\d+)/(?P<statements>\d+)")
_BOUND = re.compile(r"(?P<sign>>=|<)3\.(?P<minor>\d+)")
_UNMARKED = re.compile(r"\s*(?:(?:else|finally)\s*:\s*(?:#|$)|global\b|nonlocal\b)")

Range = tuple[tuple[int, int], tuple[int, int]]  # versions: from, up to and without


@dataclass(frozen=True)
class Case:
    """A sample program and what a run of it is to show. Lines are 1-based."""

    path: Path
    title: str
    versions: Range
    statements: frozenset[int]
    missing: frozenset[int]
    excluded: frozenset[int]  # only lines on which a statement would begin
    branches: Ways
    regions: dict[str, tuple[int, int]]  # name -> executed, statements

    @property
    def name(self) -> str:
        """Its path below the folder of all cases, without the ending."""
        return self.path.relative_to(CASES).with_suffix("").as_posix()

    def runs_on(self, version: tuple[int, int] = sys.version_info[:2]) -> bool:
        return _holds(self.versions, version)


@dataclass
class _Marks:
    """The marks of one file that hold for one version, by what they say."""

    lines: dict[str, set[int]] = field(default_factory=dict)
    branches: Ways = field(default_factory=dict)
    regions: dict[str, tuple[int, int]] = field(default_factory=dict)

    def of(self, what: str) -> frozenset[int]:
        return frozenset(self.lines.get(what, ()))


def read_case(path: Path, version: tuple[int, int] = sys.version_info[:2]) -> Case:
    """Read the marks of one sample that hold for a version. Raises ValueError for nonsense."""
    with tokenize.open(path) as file:
        lines = file.read().split("\n")
    versions = _versions(path, lines)
    marks = _read_marks(path, lines, version)
    starts: set[int] = set()
    if _holds(versions, sys.version_info[:2]):
        starts = set(_statement_starts(path, "\n".join(lines)))
        if odd := set().union(*marks.lines.values(), marks.branches) - starts:
            raise ValueError(f"{path.name}: no statement begins on the marked lines {sorted(odd)}")
    return Case(
        path=path,
        title=next(line for line in lines if "coding:" not in line).removeprefix("# "),
        versions=versions,
        statements=frozenset(starts - marks.of("excluded") - marks.of("no code")),
        missing=marks.of("missed"),
        excluded=marks.of("excluded"),
        branches=marks.branches,
        regions=marks.regions,
    )


def read_cases(folder: Path = CASES) -> list[Case]:
    """All samples, by name; also those that need another version of Python."""
    return [read_case(path) for path in sorted(folder.rglob("*.py"))]


def ways(taken: Mapping[int, list[int]], missed: Mapping[int, list[int]]) -> Ways:
    """Branch line -> target -> taken, as marks have it: from targets by line, exits negative."""
    found: Ways = {}
    for branches, what in ((taken, True), (missed, False)):
        for line, targets in branches.items():
            for target in targets:
                found.setdefault(line, {})[max(target, EXIT)] = what
    return found


def reported_ways(file: Mapping[str, Any]) -> Ways:
    """The same, from a file's part of a JSON report, cov's or coverage.py's."""
    return ways(_by_line(file["executed_branches"]), _by_line(file["missing_branches"]))


def _by_line(branches: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for line, target in branches:
        found.setdefault(line, []).append(target)
    return found


def _read_marks(path: Path, lines: list[str], version: tuple[int, int]) -> _Marks:
    marks = _Marks()
    for number, text in enumerate(lines, 1):
        below = 0
        for mark in _MARK.finditer(text):
            below |= mark["below"] is not None
            if mark["range"] and not _holds(_range(path, mark["range"]), version):
                continue
            if mark["what"]:
                marks.lines.setdefault(mark["what"], set()).add(number + below)
            elif mark["ways"]:
                marks.branches[number + below] = _ways(path, number, mark["ways"])
            else:
                marks.regions.update([_region(path, number, mark["region"])])
    return marks


def _ways(path: Path, number: int, text: str) -> dict[int, bool]:
    ways: dict[int, bool] = {}
    for part in text.split(","):
        way = _WAY.fullmatch(part.strip())
        if way is None:
            raise ValueError(f"{path.name}:{number}: what is {part.strip()!r}?")
        ways[EXIT if way["target"] == "exit" else int(way["target"])] = way["what"] == "taken"
    return ways


def _region(path: Path, number: int, text: str) -> tuple[str, tuple[int, int]]:
    region = _REGION.fullmatch(text)
    if region is None:
        raise ValueError(f"{path.name}:{number}: what is {text!r}?")
    return region["name"], (int(region["executed"]), int(region["statements"]))


def _versions(path: Path, lines: list[str]) -> Range:
    for line in lines:
        if not line.startswith("#"):
            break
        if found := _HEADER.fullmatch(line):
            return _range(path, found["range"])
    raise ValueError(f"{path.name} does not say `# python: >=3.11`")


def _range(path: Path, text: str) -> Range:
    bounds = {">=": 11, "<": 99}
    for part in text.split(","):
        bound = _BOUND.fullmatch(part.strip())
        if bound is None:
            raise ValueError(f"{path.name}: what is {part.strip()!r}?")
        bounds[bound["sign"]] = int(bound["minor"])
    return (3, bounds[">="]), (3, bounds["<"])


def _holds(versions: Range, version: tuple[int, int]) -> bool:
    return versions[0] <= version < versions[1]


def _statement_starts(path: Path, text: str) -> Iterator[int]:
    """Lines on which something begins that is a statement unless a mark says otherwise."""
    docstrings = _docstrings(text)
    lines = text.split("\n")
    begins = True
    with tokenize.open(path) as file:
        for kind, _, (line, _), _, _ in tokenize.generate_tokens(file.readline):
            if kind == tokenize.NEWLINE:
                begins = True
            elif begins and kind not in _BETWEEN:
                begins = False
                if line not in docstrings and not _UNMARKED.match(lines[line - 1]):
                    yield line


_BETWEEN = frozenset(
    {tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
)


def _docstrings(text: str) -> set[int]:
    """The first lines of docstrings."""
    return {
        node.body[0].lineno
        for node in ast.walk(ast.parse(text.lstrip("\ufeff")))
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef))
        and ast.get_docstring(node, clean=False) is not None
    }
