"""Coverage reports: records and sources in, text out.

`gather` makes a `Report`, a tree of frozen values; `write_report` lays it out in one of `FORMATS`.
Names are imported when first used, so that listing formats does not cost a database driver.
"""

from __future__ import annotations

from ._version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import percent
    from .errors import NoData, NoSource, ReportError
    from .gathering import GatherOptions, gather
    from .model import FileReport, Report, ReportOptions
    from .output import MemoryOutput, Output
    from .registry import FORMATS, Reporter, write_report

__all__ = [
    "FORMATS",
    "FileReport",
    "GatherOptions",
    "MemoryOutput",
    "NoData",
    "NoSource",
    "Output",
    "Report",
    "ReportError",
    "ReportOptions",
    "Reporter",
    "__version__",
    "gather",
    "percent",
    "write_report",
]

_HOMES = {
    "FORMATS": "registry",
    "FileReport": "model",
    "GatherOptions": "gathering",
    "MemoryOutput": "output",
    "NoData": "errors",
    "NoSource": "errors",
    "Output": "output",
    "Report": "model",
    "ReportError": "errors",
    "ReportOptions": "model",
    "Reporter": "registry",
    "gather": "gathering",
    "write_report": "registry",
}


if not TYPE_CHECKING:  # A type checker would take any name for an attribute.

    def __getattr__(name: str) -> object:
        from importlib import import_module

        if name == "percent":
            return import_module(".percent", __name__)
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f".{_HOMES[name]}", __name__), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
