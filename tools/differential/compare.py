"""Two JSON reports of one run each: which files, lines and branches they tell apart."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T", int, tuple[int, int])

STATES = ("executed", "missing", "excluded")


@dataclass
class Comparison:
    """Counts of what the first report has, and a line of text for each difference."""

    files: int = 0
    statements: int = 0
    branches: int = 0
    line_differences: list[str] = field(default_factory=list)
    branch_differences: list[str] = field(default_factory=list)

    @property
    def differences(self) -> set[str]:
        return {*self.line_differences, *self.branch_differences}

    def keep(self, wanted: set[str]) -> None:
        """Forget the differences that are not among those wanted."""
        self.line_differences = [text for text in self.line_differences if text in wanted]
        self.branch_differences = [text for text in self.branch_differences if text in wanted]


def load(report: Path) -> dict[str, dict[str, Any]]:
    """The files of a JSON report, by their path from the folder that packages are installed in."""
    files = json.loads(report.read_text(encoding="utf-8"))["files"]
    return {name.replace("\\", "/").split("site-packages/")[-1]: files[name] for name in files}


def compare(peer: dict[str, dict[str, Any]], ours: dict[str, dict[str, Any]]) -> Comparison:
    """Compare what coverage.py and cov say of the same files: one difference a line or branch."""
    result = Comparison(files=len(peer))
    for name in sorted(peer.keys() | ours.keys()):
        if name not in peer or name not in ours:
            who = "coverage.py" if name in peer else "cov"
            result.line_differences.append(f"{name}: only {who} reports this file")
            continue
        result.statements += peer[name]["summary"]["num_statements"]
        result.branches += peer[name]["summary"]["num_branches"]
        for line, words in _apart(_lines(peer[name]), _lines(ours[name])):
            result.line_differences.append(f"{name}:{line}: {words}")
        for (start, end), words in _apart(_branches(peer[name]), _branches(ours[name])):
            result.branch_differences.append(f"{name}:{start} -> {end}: {words}")
    return result


def place(difference: str) -> str:
    """The file and the line or branch that a difference is about."""
    return difference.partition(": ")[0]


def _lines(file: dict[str, Any]) -> dict[int, str]:
    """The state of each line that has one."""
    return {line: state for state in STATES for line in file[f"{state}_lines"]}


def _branches(file: dict[str, Any]) -> dict[tuple[int, int], str]:
    """The state of each branch, a pair of lines; branches have no excluded ones."""
    return {(a, b): state for state in STATES[:2] for a, b in file[f"{state}_branches"]}


def _apart(peer: dict[T, str], ours: dict[T, str]) -> list[tuple[T, str]]:
    """What differs, in words, in the order of the lines."""
    keys = [key for key in peer.keys() | ours.keys() if peer.get(key) != ours.get(key)]
    absent = "nothing"
    return [
        (key, f"coverage.py says {peer.get(key, absent)}, cov says {ours.get(key, absent)}")
        for key in sorted(keys)
    ]
