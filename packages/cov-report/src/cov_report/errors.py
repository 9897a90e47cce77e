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
    """The source of a recorded file cannot be read, or of one that was asked for by a wrong name.

    `recorded` tells which.
    """

    def __init__(self, path: str, reason: str, recorded: bool) -> None:
        better = "restore it, omit it" if recorded else "it was not measured: correct its name"
        super().__init__(
            f"no source for {path}: {reason}", f"{better}, or report with ignore_errors"
        )
        self.path = path
        self.reason = reason
        self.recorded = recorded

    def __reduce__(self) -> tuple[type[NoSource], tuple[str, str, bool]]:
        # Exceptions are rebuilt from `args`, which holds the message alone.
        return NoSource, (self.path, self.reason, self.recorded)
