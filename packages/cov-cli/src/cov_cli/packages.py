"""The packages that `source` and `source_pkgs` name: where they lie, found without importing them.

This is done once, before anything is measured.
"""

from __future__ import annotations

import os

from cov_cli.measured.settings import NOT_PYTHON, NOWHERE, PYTHON, pack_fields, unpack_fields

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cov_cli.measured.settings import Settings
    from cov_cli.options import Options


class Package:
    """A package or module that a setting names.

    `origin` is where that was set. `places` are its directories and Python files. `kind` is
    PYTHON, without places if only an import would tell them, NOT_PYTHON or NOWHERE.
    """

    def __init__(self, name: str, kind: str, origin: str, *places: str) -> None:
        self.name = name
        self.kind = kind
        self.origin = origin
        self.places = list(places)

    def pack(self) -> str:
        """It as one of `Settings.packages`."""
        return pack_fields([self.name, self.kind, self.origin, *self.places])


def packages_of(settings: Settings) -> list[Package]:
    """The source packages of a run."""
    return [Package(*unpack_fields(text)) for text in settings.packages]


def sources(options: Options, search: Sequence[str]) -> tuple[list[str], list[Package]]:
    """SET-19 to SET-21: directories and packages. A directory wins over a package's name.

    `search` are the directories that packages are looked for in, as on sys.path.
    """
    directories = [os.path.realpath(item) for item in options.source_dirs]
    named = [(item, options.origin("source_pkgs")) for item in options.source_pkgs]
    for item in options.source or ():
        if os.path.isdir(item):
            directories.append(os.path.realpath(item))
        else:
            named.append((item, options.origin("source")))
    return directories, [_find(name, origin, search) for name, origin in named]


def _find(name: str, origin: str, search: Sequence[str]) -> Package:
    places, kind = _look_up(name, search)
    return Package(name, kind, origin, *places)


def _look_up(name: str, search: Sequence[str]) -> tuple[list[str], str]:
    if os.sep in name or name.startswith(".") or os.path.isfile(name):
        return [], NOWHERE  # meant as a path
    relative = name.replace(".", os.sep)
    paths = [os.path.join(entry or os.getcwd(), relative) for entry in search]
    for path in paths:
        if os.path.isfile(os.path.join(path, "__init__.py")):
            return [path], PYTHON
        if os.path.isfile(path + ".py"):
            return [path + ".py"], PYTHON
    if _is_compiled(paths):
        return [], NOT_PYTHON
    # Directories without `__init__.py` are one package together, where there is no other.
    portions = [path for path in paths if os.path.isdir(path)]
    places, kind = _look_up_by_finders(name)
    return (portions, PYTHON) if portions and not places else (places, kind)


def _look_up_by_finders(name: str) -> tuple[list[str], str]:
    """The same for what only an import hook knows, such as some editable installs."""
    from importlib.util import find_spec

    top, _, rest = name.partition(".")
    try:
        spec = find_spec(top)
    except Exception:  # noqa: BLE001 - somebody's finder, or a module that is no usual one
        return [], PYTHON
    if spec is None:
        return [], NOWHERE
    if spec.submodule_search_locations is None:
        return ([], PYTHON) if rest else _look_at(spec.origin or "built-in")
    paths = [os.path.join(place, *rest.split(".")) for place in spec.submodule_search_locations]
    found = [path for path in paths if os.path.isdir(path)]
    found += [path + ".py" for path in paths if os.path.isfile(path + ".py")]
    if found:
        return found, PYTHON
    return [], NOT_PYTHON if _is_compiled(paths) else NOWHERE


def _look_at(origin: str) -> tuple[list[str], str]:
    """What a module is that was made from `origin`, a file or a word."""
    if origin in ("built-in", "frozen") or origin.endswith(tuple(_compiled_endings())):
        return [], NOT_PYTHON
    return ([origin] if os.path.isfile(origin) else []), PYTHON


def _is_compiled(paths: Iterable[str]) -> bool:
    return any(os.path.isfile(path + ending) for path in paths for ending in _compiled_endings())


def _compiled_endings() -> Iterator[str]:
    from importlib.machinery import BYTECODE_SUFFIXES, EXTENSION_SUFFIXES

    yield from (*EXTENSION_SUFFIXES, *BYTECODE_SUFFIXES)
