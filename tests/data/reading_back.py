"""What is in a data file, as one comparable value, and shorthands for writing some."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from cov_data import FileRecord, Reader, Writer


def content(path: Path) -> dict[str, object]:
    """Everything that tells: contexts, files, owners, lines and arcs by context."""
    found: dict[str, object] = {}
    with Reader(path) as reader:
        found["contexts"] = reader.contexts()
        for name in reader.files():
            found[name] = (
                reader.tracer(name),
                {c: reader.lines(name, [f"^{c}$"]) for c in reader.contexts()},
                {c: reader.arcs(name, [f"^{c}$"]) for c in reader.contexts()},
            )
    return found


def lines(path: Path) -> dict[str, set[int]]:
    """The executed lines of each file."""
    with Reader(path) as reader:
        return {name: reader.lines(name) for name in reader.files()}


def write(path: Path, records: Iterable[FileRecord]) -> Path:
    with Writer(path) as writer:
        for record in records:
            writer.add(record)
        writer.commit()
    return path


def write_lines(path: Path, context: str = "", /, **files: Iterable[int]) -> Path:
    """A file of lines: `a=[1]` stands for a.py."""
    return write(
        path, [FileRecord(f"{k}.py", context, frozenset(v), None) for k, v in files.items()]
    )


def write_arcs(path: Path, context: str = "", /, **files: Iterable[tuple[int, int]]) -> Path:
    """A file of arcs."""
    return write(
        path,
        [FileRecord(f"{k}.py", context, frozenset(), frozenset(v)) for k, v in files.items()],
    )
