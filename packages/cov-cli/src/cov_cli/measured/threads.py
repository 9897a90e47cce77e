"""New threads, for trace functions: each thread has its own and starts with none.

`threading` takes these functions from `_thread` when it is imported, so that both ways of starting
a thread are followed. Events (`sysmon`) need nothing of this.
"""

import _thread
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from cov_tracer import PyTracer, Tracer

# name in _thread, name in threading
STARTERS = (
    ("start_new_thread", "_start_new_thread"),
    ("start_new", ""),
    ("start_joinable_thread", "_start_joinable_thread"),
)


def install(tracer: "Tracer | PyTracer") -> "Callable[[], None]":
    """Have the functions of new threads traced. Returns what undoes it."""
    threading = sys.modules.get("threading")
    changed: list[tuple[object, str, object]] = []
    for name, alias in STARTERS:
        original = getattr(_thread, name, None)
        if original is None:
            continue
        replacement = _starter(tracer, original)
        for module, attribute in ((_thread, name), (threading, alias)):
            if getattr(module, attribute, None) is original:
                setattr(module, attribute, replacement)
                changed.append((module, attribute, original))

    def undo() -> None:
        for module, attribute, original in changed:
            setattr(module, attribute, original)

    return undo


def _starter(tracer: "Tracer | PyTracer", original: "Any") -> "Any":
    def start(function: "Any", *args: "Any", **kwargs: "Any") -> "Any":
        return original(tracer.wrap(function) if callable(function) else function, *args, **kwargs)

    start.__name__ = original.__name__
    start.__doc__ = original.__doc__
    return start
