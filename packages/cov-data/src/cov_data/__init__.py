"""Coverage data on disk: journals of measured processes, and the data files made of them.

Names are imported when they are first used: a program that only writes pays for no reader.
"""

from __future__ import annotations

from ._version import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .combining import CombineSummary, combine
    from .errors import DataError, MixedKinds, NewerSchema
    from .journal import JournalReader
    from .ledger import LedgerReader
    from .naming import data_file_name, find_data_files
    from .pathmap import PathMap
    from .reading import Reader
    from .records import FileRecord
    from .schema import SCHEMA_VERSION
    from .writing import Writer

__all__ = [
    "SCHEMA_VERSION",
    "CombineSummary",
    "DataError",
    "FileRecord",
    "JournalReader",
    "LedgerReader",
    "MixedKinds",
    "NewerSchema",
    "PathMap",
    "Reader",
    "Writer",
    "__version__",
    "combine",
    "data_file_name",
    "find_data_files",
]

_HOMES = {
    "SCHEMA_VERSION": "schema",
    "CombineSummary": "combining",
    "DataError": "errors",
    "FileRecord": "records",
    "JournalReader": "journal",
    "LedgerReader": "ledger",
    "MixedKinds": "errors",
    "NewerSchema": "errors",
    "PathMap": "pathmap",
    "Reader": "reading",
    "Writer": "writing",
    "combine": "combining",
    "data_file_name": "naming",
    "find_data_files": "naming",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
