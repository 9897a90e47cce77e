"""One combine at a time in a directory.

Two of them at once would each read the old data file and each replace it: the inputs of the first
would be gone from the second's. The lock is on the directory itself, so that it leaves no file
behind, and the system gives it back however the process ends. It is advisory, held only by the
short-lived processes that write data files, never by a measured one.
"""

from __future__ import annotations

import os
import sys
import time

from .errors import DataError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

PATIENCE = 60.0  # seconds


class DirectoryLock:
    """Context manager: nobody else who asks so works in `directory` meanwhile.

    Waits up to `patience` seconds, then raises DataError. Where the system has no such locks
    (Windows, some network file systems) it locks nothing.
    """

    def __init__(self, directory: str, patience: float = PATIENCE) -> None:
        self._directory = directory
        self._patience = patience
        self._descriptor = -1

    def __enter__(self) -> DirectoryLock:
        if sys.platform != "win32":
            import fcntl

            try:
                self._descriptor = os.open(self._directory, os.O_RDONLY)
                self._wait(fcntl.flock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                self._release()  # No lock to be had here: go on without, as everybody else does.
            except BaseException:
                self._release()
                raise
        return self

    def _wait(self, lock: Callable[[int, int], None], how: int) -> None:
        give_up = time.monotonic() + self._patience
        while True:
            try:
                return lock(self._descriptor, how)
            except BlockingIOError:
                if time.monotonic() >= give_up:
                    raise DataError(
                        f"{self._directory}: another process has been writing data files there for "
                        f"{self._patience:.0f} seconds; nothing was changed, try again"
                    ) from None
            time.sleep(0.02)

    def _release(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._release()
