"""What can go wrong while reporting."""

from __future__ import annotations


class ReportError(Exception):
    """Base of everything this package raises on purpose.

    The message names the culprit, the place and, where there is one, the way out; `problem` is the
    message without that.
    """

    def __init__(self, problem: str, way_out: str = "") -> None:
        super().__init__(f"{problem} ({way_out})" if way_out else problem)
        self.problem = problem


class NoData(ReportError):
    """There is nothing to report: no file was recorded, selected or readable."""


class NoSource(ReportError):
    """The source of a recorded (or asked for) file cannot be read."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"no source for {path}: {reason}", "restore it, omit it, or report with ignore_errors"
        )
        self.path = path
        self.reason = reason

    def __reduce__(self) -> tuple[type[NoSource], tuple[str, str]]:
        # Exceptions are rebuilt from `args`, which holds the message alone.
        return NoSource, (self.path, self.reason)
