"""What ends a command early, and the one place where that becomes a message and an exit code.

Exit codes: 1 for anything wrong with usage, settings, data or sources; 2 when the total is below
fail_under; 3 when processes are missing and `complete` is set; 130 for an interrupt; 141 when the
reader of our output went away.
"""

from __future__ import annotations

import os
import sys

OK, ERROR, BELOW_THRESHOLD, INCOMPLETE, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 3, 130, 141

# Errors of the packages below, known by name: looking at them must not import them.
_EXPECTED = {
    ("cov_data.errors", "DataError"),
    ("cov_analysis.errors", "AnalysisError"),
    ("cov_report.errors", "ReportError"),
    ("cov_tracer", "TracerError"),
    ("cov_tracer._tracer", "TracerError"),
}


class CliError(Exception):
    """Base of the errors of this package. The message is one line for the user."""


class UsageError(CliError):
    """The command line makes no sense; `verb` is the command whose help would tell more."""

    def __init__(self, message: str, verb: str = "") -> None:
        super().__init__(message)
        self.verb = verb


class ConfigError(CliError):
    """A setting or a config file is wrong; the message names file, section and key."""


class NothingToDo(CliError):
    """There is no data to combine or to report."""


def say(message: str) -> None:
    """Write a line to stderr, if there is a stderr that takes it."""
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"{message}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        pass


def warn(message: str, disabled: tuple[str, ...] = ()) -> None:
    """Say what is not fatal, unless the slug at its end, in brackets, is one of the disabled."""
    if not is_disabled(message, disabled):
        say(f"cov: warning: {message}")


def is_disabled(message: str, disabled: tuple[str, ...]) -> bool:
    """Whether the slug at a warning's end is one of these."""
    return message.endswith(tuple(f" ({slug})" for slug in disabled))


def settle(error: BaseException) -> int:
    """Tell the user what happened, on stderr and without a traceback; return the exit code."""
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED
    if isinstance(error, BrokenPipeError):
        _give_up_stdout()
        return BROKEN_PIPE
    say(f"cov: error: {describe(error)}")
    if isinstance(error, UsageError):
        say(f"Try 'cov help{' ' if error.verb else ''}{error.verb}'.")
    return ERROR


def describe(error: BaseException) -> str:
    """An error as one line: culprit, place and reason."""
    if isinstance(error, CliError) or _is_expected(error):
        return str(error)
    if isinstance(error, FileNotFoundError) and error.filename is None and _is_nowhere():
        return "the current directory is gone: change to one that exists"
    if isinstance(error, OSError) and error.strerror:
        names = (error.filename, error.filename2)
        places = [shown(str(name)) for name in names if name is not None]
        return ": ".join([*places[:1], error.strerror, *places[1:]])
    if isinstance(error, MemoryError):
        return "out of memory"
    detail = " ".join(str(error).split())
    name = type(error).__name__
    return f"{name}{': ' if detail else ''}{detail} (at {_where(error)}): this is a bug in cov"


def shown(path: str) -> str:
    """A file's name in a message: in quotes if a shell would take it apart."""
    if path.replace(os.sep, "").replace(".", "").replace("_", "").isalnum():
        return path  # and no more is loaded for that
    from cov_data.commandlines import quoted

    return quoted(path)


def _is_nowhere() -> bool:
    try:
        os.getcwd()
    except OSError:
        return True
    return False


def _is_expected(error: BaseException) -> bool:
    return any((kind.__module__, kind.__name__) in _EXPECTED for kind in type(error).__mro__)


def _where(error: BaseException) -> str:
    """The innermost place of an unexpected error, for whoever gets the bug report."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return "unknown place"
    return f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}"


def _give_up_stdout() -> None:
    """Point stdout at nothing, so that the interpreter's last flush cannot complain."""
    try:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, sys.stdout.fileno())
        os.close(sink)
    except (OSError, ValueError, AttributeError):
        pass
