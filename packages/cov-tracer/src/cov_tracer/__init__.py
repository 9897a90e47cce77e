"""Observe which lines run and which jumps are taken, and write them to a journal.

A journal file has what `Tracer` (in C) or `PyTracer` (in Python: slow and plain) saw; cov-data
reads it. Loaded in measured processes: nothing here imports anything else, and PyTracer is looked
up when it is first asked for.
"""

from cov_tracer._tracer import CORE, Journal, Tracer, __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cov_tracer.pytracer import PyTracer

TracerError = RuntimeError
"""What `Tracer.start` raises when the interpreter cannot give what the core needs."""

__all__ = ["CORE", "Journal", "PyTracer", "Tracer", "TracerError", "__version__"]

if not TYPE_CHECKING:  # a type checker would take any name for an attribute

    def __getattr__(name: str) -> object:
        if name != "PyTracer":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from cov_tracer.pytracer import PyTracer

        globals()[name] = PyTracer
        return PyTracer
