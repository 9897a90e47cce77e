"""The ``cov`` command, and the settings it reads.

Importing this package loads nothing: every measured process imports it on the way to
``cov_cli.measured``. The public names are looked up when they are first asked for.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cov_cli._version import __version__
    from cov_cli.config import load_options
    from cov_cli.errors import UsageError
    from cov_cli.main import main
    from cov_cli.measured.session import Session
    from cov_cli.options import Options
    from cov_cli.startup import process_startup

__all__ = [
    "Options",
    "Session",
    "UsageError",
    "__version__",
    "load_options",
    "main",
    "process_startup",
]

_HOMES = {
    "Options": "cov_cli.options",
    "Session": "cov_cli.measured.session",
    "UsageError": "cov_cli.errors",
    "__version__": "cov_cli._version",
    "load_options": "cov_cli.config",
    "main": "cov_cli.main",
    "process_startup": "cov_cli.startup",
}

if not TYPE_CHECKING:  # a type checker would take any name for an attribute

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import importlib

        value = getattr(importlib.import_module(_HOMES[name]), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
