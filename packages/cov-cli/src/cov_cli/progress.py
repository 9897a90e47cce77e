"""How far a long combine is: one line on a terminal, gone when the work is done."""

from __future__ import annotations

import sys
import time

# Seconds: nothing is shown of what is done sooner, and the line is not drawn more often.
_PATIENCE, _BETWEEN = 0.5, 0.1
_WIDTH = 30  # of the bar, in characters
_ERASE = "\r\x1b[K"


class Progress:
    """Context manager; call it with how many are done and of how many.

    Shows nothing if `quiet`, or if stderr is no terminal.
    """

    def __init__(self, quiet: bool) -> None:
        self._shows = not quiet and _is_terminal()
        self._next = time.monotonic() + _PATIENCE
        self._drawn = False

    def __enter__(self) -> Progress:
        return self

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self._shows and total > 0 and now >= self._next:
            self._next = now + _BETWEEN
            full = _WIDTH * done // total
            bar = "#" * full + "-" * (_WIDTH - full)
            self._write(f"\rCombining [{bar}] {done} of {total} files")
            self._drawn = True

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            self._write(_ERASE)

    def _write(self, text: str) -> None:
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, ValueError):
            self._shows = self._drawn = False  # the terminal is gone; the work goes on


def _is_terminal() -> bool:
    try:
        return sys.stderr is not None and sys.stderr.isatty()
    except ValueError:  # closed
        return False
