"""Sample programs in tests/cases and the marks beside their lines.

A case opens with comment lines: what it is about, then `# python: >=3.12` (`>=3.11,<3.14`). Beside
its lines stand marks, in a comment, several joined by ";":

    missed                          the line does not run
    branch: 5 missed, exit taken    all ways out of a branch line, and which of them were taken

An executable line without `missed` runs; a line without `branch` is no branch line. Of a line that
`no branch` forgives, only the ways taken are named.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

CASES: Final = Path(__file__).parent.parent / "cases"

# Stands for "leaves the function, class or module" among the targets of a branch.
EXIT: Final = 0

_VERSIONS = re.compile(r"# python: (?P<range>.+)")
_MARK = re.compile(r"[#;]\s*(?:(?P<missed>missed)\b|branch: (?P<ways>[^;#]+))")
_WAY = re.compile(r"(?P<target>exit|\d+) (?P<what>missed|taken)")
_BOUND = re.compile(r"(?P<sign>>=|<)3\.(?P<minor>\d+)")


@dataclass(frozen=True)
class Case:
    """A sample program and what a run of it is to show. Lines are 1-based."""

    path: Path
    title: str
    versions: tuple[tuple[int, int], tuple[int, int]]  # from, up to and without
    missing: frozenset[int]
    branches: dict[int, dict[int, bool]]  # line -> target (EXIT: exit) -> taken

    def runs_on(self, version: tuple[int, int] = sys.version_info[:2]) -> bool:
        return self.versions[0] <= version < self.versions[1]


def read_case(path: Path) -> Case:
    """Read the marks of one sample. Raises ValueError for one that says nothing sensible."""
    lines = path.read_text(encoding="utf-8").splitlines()
    missing: set[int] = set()
    branches: dict[int, dict[int, bool]] = {}
    for number, line in enumerate(lines, 1):
        for mark in _MARK.finditer(line):
            if mark["missed"]:
                missing.add(number)
            else:
                branches[number] = _ways(path, number, mark["ways"])
    return Case(
        path=path,
        title=lines[0].removeprefix("# "),
        versions=_versions(path, lines),
        missing=frozenset(missing),
        branches=branches,
    )


def read_cases(folder: Path = CASES) -> list[Case]:
    """All samples, by name; also those that need another version of Python."""
    return [read_case(path) for path in sorted(folder.glob("*.py"))]


def _ways(path: Path, number: int, text: str) -> dict[int, bool]:
    ways: dict[int, bool] = {}
    for part in text.split(","):
        way = _WAY.fullmatch(part.strip())
        if way is None:
            raise ValueError(f"{path.name}:{number}: what is {part.strip()!r}?")
        ways[EXIT if way["target"] == "exit" else int(way["target"])] = way["what"] == "taken"
    return ways


def _versions(path: Path, lines: list[str]) -> tuple[tuple[int, int], tuple[int, int]]:
    for line in lines:
        if not line.startswith("#"):
            break
        if found := _VERSIONS.fullmatch(line):
            bounds = {">=": 11, "<": 99}
            for part in found["range"].split(","):
                bound = _BOUND.fullmatch(part.strip())
                if bound is None:
                    raise ValueError(f"{path.name}: what is {part.strip()!r}?")
                bounds[bound["sign"]] = int(bound["minor"])
            return (3, bounds[">="]), (3, bounds["<"])
    raise ValueError(f"{path.name} does not say `# python: >=3.11`")
