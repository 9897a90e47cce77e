"""What a row of the table of settings is made of."""

from __future__ import annotations

from cov_cli.kinds import Kind, T, Typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Never, Self, overload

RUN = ("run",)
REPORTS = ("report", "html", "xml", "json", "lcov")
SOURCES = (*REPORTS, "annotate", "explain")  # verbs that read source files
DATA = ("run", "combine", "erase", *SOURCES)  # verbs that use a data file
ALL = (*DATA, "debug")


class Rows:
    """Some rows of the table, as attributes: read on the class it is the row, read on an instance
    the setting's value.
    """

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = dict(values)


class Option(Typed[T]):
    """A row of the table. It owns no value: that is in the instance of Rows."""

    name = ""  # the attribute it is bound to

    def __init__(
        self,
        key: str | None,
        kind: Kind[T],
        default: T,
        help: str,
        ids: str,
        *,
        flags: str = "",
        off: str = "",
        verbs: tuple[str, ...] = (),
        metavar: str = "",
        env: str = "",
    ) -> None:
        self.key = key  # "section:option" in config files; None: command line only
        self.kind = kind
        self.default: T = default
        self.help = help
        self.ids = ids  # rows of the behaviour reference
        self.flags = tuple(flags.split())
        self.off_flags = tuple(off.split())  # flags that turn a boolean off
        self.verbs = verbs
        self.metavar = metavar
        self.env = env

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    if TYPE_CHECKING:

        @overload
        def __get__(self, instance: None, owner: type) -> Self: ...
        @overload
        def __get__(self, instance: Rows, owner: type) -> T: ...

    def __get__(self, instance: Rows | None, owner: type) -> Self | T:
        if instance is None:
            return self
        value: T = instance._values.get(self.name, self.default)  # type: ignore[assignment]
        return value

    def __set__(self, instance: Rows, value: Never) -> None:
        raise AttributeError(f"options are read-only: {self.name}")
