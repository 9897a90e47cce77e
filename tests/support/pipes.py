"""A pipe where a file should be: whoever reads it waits for somebody who writes."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")

_PATIENCE = 30  # seconds until somebody who waits is let go


@contextmanager
def pipe_at(path: Path) -> Iterator[None]:
    """A pipe as long as the context lasts. Who still waits after a while fails, and ends."""
    waited: list[str] = []

    def let_go() -> None:
        waited.append("somebody waited for a pipe")
        os.close(os.open(path, os.O_RDWR))

    os.mkfifo(path)
    timer = threading.Timer(_PATIENCE, let_go)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        path.unlink()
    assert not waited
