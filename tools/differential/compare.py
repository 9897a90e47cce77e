"""Two JSON reports of one run each: which files, lines and branches they tell apart."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

LINES = ("executed_lines", "missing_lines", "excluded_lines")
BRANCHES = ("executed_branches", "missing_branches")


@dataclass
class Comparison:
    """Counts of what the first report has, and a line of text for each difference."""

    files: int = 0
    statements: int = 0
    branches: int = 0
    line_differences: list[str] = field(default_factory=list)
    branch_differences: list[str] = field(default_factory=list)


def load(report: Path) -> dict[str, dict[str, Any]]:
    """The files of a JSON report, by their path from the folder that packages are installed in."""
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    return {name.replace("\\", "/").split("site-packages/")[-1]: files[name] for name in files}


def compare(peer: dict[str, dict[str, Any]], ours: dict[str, dict[str, Any]]) -> Comparison:
    """Compare what two tools say of the same files; lines and branches are sets, order is not."""
    result = Comparison(files=len(peer))
    for name in sorted(peer.keys() | ours.keys()):
        if name not in peer or name not in ours:
            who = "coverage.py" if name in peer else "cov"
            result.line_differences.append(f"{name}: only {who} reports this file")
            continue
        theirs = peer[name]
        result.statements += theirs["summary"]["num_statements"]
        result.branches += theirs["summary"]["num_branches"]
        for key in LINES:
            for line, who in _apart(set(theirs[key]), set(ours[name][key])):
                result.line_differences.append(f"{name}:{line}: {key} only in {who}")
        for key in BRANCHES:
            pairs = _pairs(theirs[key]), _pairs(ours[name][key])
            for (start, end), who in _apart(*pairs):
                result.branch_differences.append(f"{name}:{start}: {key} -> {end} only in {who}")
    return result


def _pairs(branches: list[list[int]]) -> set[tuple[int, int]]:
    return {(start, end) for start, end in branches}


def _apart(peer: set[T], ours: set[T]) -> list[tuple[T, str]]:
    apart = [(item, "coverage.py") for item in peer - ours] + [
        (item, "cov") for item in ours - peer
    ]
    return sorted(apart, key=str)
