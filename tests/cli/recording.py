"""Data without a measured program: what some run could have recorded."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cli.running import Project

from cov_data import FileRecord, Reader, Writer

# Line 4 is missing unless x is false; 2 is a branch.
PROGRAM = """\
def f(x):
    if x:
        return 1
    return 2
f(1)
"""
TRUE_WAY = ({1, 2, 3, 5}, {(1, 5), (2, 3), (3, -1), (5, -1)})
FALSE_WAY = ({1, 2, 4, 5}, {(1, 5), (2, 4), (4, -1), (5, -1)})


def record(
    project: Project,
    source: str,
    way: tuple[set[int], set[tuple[int, int]]] = TRUE_WAY,
    *,
    data: str = ".coverage",
    context: str = "",
    branch: bool = True,
) -> Path:
    """Write PROGRAM as a source file, and a data file that says it went one way."""
    path = project.write(source, PROGRAM)
    lines, arcs = way
    kept = frozenset(arcs) if branch else None
    return save(project, data, [FileRecord(str(path), context, frozenset(lines), kept)])


def save(project: Project, data: str, records: Iterable[FileRecord]) -> Path:
    """Write a data file."""
    target = project.root / data
    target.parent.mkdir(parents=True, exist_ok=True)
    writer = Writer(target)
    for one in records:
        writer.add(one)
    writer.commit()
    return target


def lines_in(path: Path) -> dict[str, set[int]]:
    """The executed lines in a data file, by the last part of the file's name."""
    with Reader(path) as reader:
        return {Path(name).name: reader.lines(name) for name in reader.files()}
