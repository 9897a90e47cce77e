"""The value that readers hand out and the writer takes in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FileRecord:
    """What one source of data knows about one file in one context.

    `path` is the file's name as it was recorded. `context` is the label under which the facts were
    observed, "" for none. `lines` are executed lines, 1-based (0 occurs: CPython 3.11 reports it
    for empty modules). `arcs` are executed pairs of lines, with minus the first line of a code
    object for its entry or exit; None says that branches were not measured at all. `tracer` names
    the plugin that owns the file, "" for none.
    """

    path: str
    context: str
    lines: frozenset[int]
    arcs: frozenset[tuple[int, int]] | None
    tracer: str = ""
