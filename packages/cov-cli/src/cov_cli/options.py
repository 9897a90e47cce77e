"""The one table of settings: each stands here once, with its key, flags, type, default and help.

Config reading (`config`), the command line (`parsing`) and docs/reference (`reference`) derive from
it. Its rows are in `cov_cli.table`; adding a setting is adding one, docs/guides tells how. `SET-`,
`OPT-` and `ENV-` ids name the rule a row follows.

`Options` is both the table and the value: read on the class, an attribute is the row; read on an
instance, it is the setting's value.
"""

from __future__ import annotations

from cov_cli.table.data import Data
from cov_cli.table.formats import Formats
from cov_cli.table.measuring import Measuring
from cov_cli.table.reports import Reports
from cov_cli.table.row import Option
from cov_cli.table.tool import Tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# In the order of the reference.
GROUPS = (Measuring, Data, Reports, Formats, Tool)


class Options(Measuring, Data, Reports, Formats, Tool):
    """Every setting in force, read-only: what the table defaults to, changed by `values`.

    `origins` tells where a changed value came from, in the words of an error message.
    """

    def __init__(
        self,
        values: Mapping[str, object],
        origins: Mapping[str, str] | None = None,
        *,
        paths: Mapping[str, tuple[str, ...]] | None = None,
        plugin_options: Mapping[str, Mapping[str, object]] | None = None,
        config_file: str | None = None,
        warnings: tuple[str, ...] = (),
    ) -> None:
        unknown = set(values) - set(NAMES)
        if unknown:
            raise TypeError(f"no such option: {', '.join(sorted(unknown))}")
        super().__init__(values)
        self._origins = dict(origins or {})
        self.paths = dict(paths or {})  # [paths]: label → where files are now, patterns
        self.plugin_options = dict(plugin_options or {})
        self.config_file = config_file  # the file whose settings are in use
        self.warnings = warnings  # a line each, for the user

    def __getitem__(self, name: str) -> object:
        """The value of a setting by its name. Raises KeyError."""
        if name not in NAMES:
            raise KeyError(name)
        return getattr(self, name)

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)

    def keys(self) -> tuple[str, ...]:
        return NAMES

    def origin(self, name: str) -> str:
        """Where a setting's value was set, such as ``setup.cfg: [coverage:run] branch``.

        A list of [paths] is asked for as ``paths:label``.
        """
        return self._origins.get(name, name)

    def is_set(self, name: str) -> bool:
        """Whether anything (file, environment, command line) set it."""
        return name in self._values


TABLE: tuple[Option[object], ...] = tuple(
    row for group in GROUPS for row in vars(group).values() if isinstance(row, Option)
)
NAMES: tuple[str, ...] = tuple(row.name for row in TABLE)
BY_KEY: dict[str, Option[object]] = {row.key: row for row in TABLE if row.key is not None}
SECTIONS: tuple[str, ...] = (*dict.fromkeys(key.split(":")[0] for key in BY_KEY), "paths")


def sections_of(option: str) -> tuple[str, ...]:
    """The sections that have a setting of this name."""
    return tuple(section for section in SECTIONS if f"{section}:{option}" in BY_KEY)


def options_of(verb: str) -> tuple[Option[object], ...]:
    """The rows whose flags a verb accepts, in the order of the table."""
    return tuple(row for row in TABLE if verb in row.verbs)
