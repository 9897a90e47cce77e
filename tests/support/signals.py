"""The signals with which tests start programs."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def usual_signals() -> Iterator[None]:
    """Programs get the signals of a terminal, also under nohup or as a job in the background."""
    usual: dict[int, Any] = {signal.SIGINT: signal.default_int_handler}
    if sys.platform != "win32":
        usual |= {signal.SIGHUP: signal.SIG_DFL, signal.SIGQUIT: signal.SIG_DFL}
    before = {number: signal.signal(number, handler) for number, handler in usual.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
