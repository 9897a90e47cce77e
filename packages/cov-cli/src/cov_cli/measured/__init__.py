"""What is loaded into measured processes. Guests there: see docs/architecture.md.

Nothing in here may import more than `sys`, `os`, `time`, `_thread`, cov_tracer and its own
neighbours, and nothing at all later than at the start. What not every process needs is loaded when
its session begins, by being looked up here: `measured.globs`.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cov_cli.measured import globs

__all__ = ["globs"]

if not TYPE_CHECKING:  # a type checker would take any name for an attribute

    def __getattr__(name: str) -> object:
        if name != "globs":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        import cov_cli.measured.globs as module

        return module
