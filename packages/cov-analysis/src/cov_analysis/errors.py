"""What can go wrong while looking at source."""

from __future__ import annotations


class AnalysisError(Exception):
    """Base of everything this package raises on purpose.

    The message names the culprit, the place and, where there is one, the way out.
    """


class NotPython(AnalysisError):
    """A file that this interpreter cannot read as Python source.

    `line` is 1-based, or None when the reader could not tell (wrong encoding, say).
    """

    def __init__(self, path: str, line: int | None, reason: str) -> None:
        place = path if line is None else f"{path}:{line}"
        super().__init__(f"{place} is not Python source: {reason}")
        self.path = path
        self.line = line
        self.reason = reason

    def __reduce__(self) -> tuple[type[NotPython], tuple[str, int | None, str]]:
        # Exceptions are rebuilt from `args`, which holds the message alone.
        return NotPython, (self.path, self.line, self.reason)
