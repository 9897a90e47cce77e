"""Observe which lines run and which jumps are taken, and write them to a journal.

A journal file has what `Tracer` (in C) or `PyTracer` (in Python: slow and plain) saw; cov-data
reads it. Loaded in measured processes: nothing here imports anything else.
"""

from cov_tracer._tracer import CORE, Journal, Tracer, __version__
from cov_tracer.pytracer import PyTracer

TracerError = RuntimeError
"""What `Tracer.start` raises when the interpreter cannot give what the core needs."""

__all__ = ["CORE", "Journal", "PyTracer", "Tracer", "TracerError", "__version__"]
