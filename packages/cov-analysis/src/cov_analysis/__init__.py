"""What could run in a Python source file, and what did.

>>> facts = analyze(Source.from_bytes("a.py", b"if x:\\n    y = 1\\n"))
>>> sorted(facts.statements)
[1, 2]
"""

from ._version import __version__
from .errors import AnalysisError, NotPython
from .exclusions import Exclusions
from .explain import describe, explain
from .facts import Branch, SourceFacts, analyze
from .regions import Region
from .results import FileResult, Totals, measure
from .source import Source

__all__ = [
    "AnalysisError",
    "Branch",
    "Exclusions",
    "FileResult",
    "NotPython",
    "Region",
    "Source",
    "SourceFacts",
    "Totals",
    "__version__",
    "analyze",
    "describe",
    "explain",
    "measure",
]
