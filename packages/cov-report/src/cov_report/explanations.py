"""Explanations of lines as values, and how they are laid out: text and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from .model import printable

Status = Literal["ran", "partial", "missing", "excluded", "none", "unknown"]

_HEADS: dict[Status, str] = {
    "ran": "ran",
    "partial": "ran, but not all of its branches were taken",
    "missing": "did not run",
    "excluded": "excluded",
    "none": "no statement",
    "unknown": "not known",
}


@dataclass(frozen=True, slots=True)
class LineExplanation:
    """A line (1-based), its colour, and why it has it: one fact a sentence."""

    line: int
    status: Status
    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileExplanation:
    """Some lines of one file. `facts` concern the file as a whole; `summary` is for a list."""

    name: str
    path: str
    facts: tuple[str, ...]
    lines: tuple[LineExplanation, ...]
    summary: str = ""


def as_text(files: Sequence[FileExplanation]) -> Iterator[str]:
    """Lines of text; a list where the file as a whole was asked for."""
    return map(printable, _text(files))


def _text(files: Sequence[FileExplanation]) -> Iterator[str]:
    for number, file in enumerate(files):
        if number:
            yield ""
        if file.summary:
            yield from _list_text(file)
            continue
        for place, line in enumerate(file.lines):
            if place:
                yield ""
            yield f"{file.name}:{line.line}: {_HEADS[line.status]}"
            yield f"    {line.text.strip()}" if line.text.strip() else "    (blank)"
            about = file.facts if line.status in ("missing", "unknown") else ()
            yield from (f"  - {fact}" for fact in (*about, *line.facts))


def _list_text(file: FileExplanation) -> Iterator[str]:
    yield f"{file.name}: {file.summary}"
    yield from (f"  - {fact}" for fact in file.facts)
    groups = list(_grouped(file.lines))
    width = max((len(lines) for lines, _ in groups), default=0)
    for lines, line in groups:
        head = f"  {lines:{width}}  {line.status:7}"
        yield f"{head}  {line.facts[0]}" if line.facts else head.rstrip()
        yield from (f"{'':{len(head)}}  {fact}" for fact in line.facts[1:])


def _grouped(lines: Sequence[LineExplanation]) -> Iterator[tuple[str, LineExplanation]]:
    """Neighbours that are missing for the same reasons together, as "3-7", with the first one."""
    start = 0
    for end in range(1, len(lines) + 1):
        same = end < len(lines) and (
            lines[end].status == lines[start].status == "missing"
            and lines[end].facts == lines[start].facts
        )
        if not same:
            first, last = lines[start].line, lines[end - 1].line
            yield str(first) if first == last else f"{first}-{last}", lines[start]
            start = end


def as_json(files: Sequence[FileExplanation]) -> str:
    """The same for programs: the values as they are."""
    return json.dumps({"files": [asdict(file) for file in files]}, indent=2)
