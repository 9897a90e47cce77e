"""Is this file measured? Decided once a file, by the rules SEL-01 to SEL-20 of the reference."""

import os
import sys

from cov_cli import measured
from cov_tracer._tracer import real_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import FrameType

    from cov_cli.measured.globs import Globs
    from cov_cli.measured.settings import Settings

INSTALLED_IN = ("site-packages", "dist-packages")

# They belong to the environment wherever they lie: Debian's is a link to a file below /etc.
IMPORTED_BY_SITE = ("sitecustomize", "usercustomize")

LIBRARY = os.path.dirname(os.__file__)  # the standard one


class Selection:
    """Decides by the settings. `decide` has the signature that cov_tracer.Tracer wants."""

    def __init__(self, settings: "Settings") -> None:
        self._settings = settings
        self._include = _globs(settings.include, settings.cwd)
        self._omit = _globs(settings.omit, settings.cwd)
        self._sources = tuple(map(_folder, settings.source_dirs))
        self._packages = settings.package_names()
        self._by_source = bool(settings.source_dirs or self._packages)
        self._path: list[str] = []
        self._third_party: tuple[str, ...] = ()
        self._library = ""  # a file of the standard library, free of links
        by_default = not (self._by_source or self._include)
        self._unwanted = _unwanted(settings.pylib) if by_default else ()

    def decide(self, name: str, frame: "FrameType") -> "str | None":
        """The path to record for code whose file name is `name`, run by `frame`; or None."""
        if name.startswith("<"):  # SEL-01, in short: nearly all that runs before the program does
            return None
        return self._path_of(name, frame.f_globals)

    def imported(self) -> "list[str]":
        """The files of modules that are there already and would be measured, in order."""
        found = set()
        for module in list(sys.modules.values()):
            if type(module) is not type(sys):
                continue  # to look at a lazy one would load it
            file = vars(module).get("__file__")
            if isinstance(file, str) and file.endswith(".py"):
                found.add(self._path_of(file, vars(module)))
        return sorted(filter(None, found))

    def _path_of(self, name: str, names: "dict[str, object]") -> "str | None":
        path = _real_file(name, names.get("__file__"))
        if not path or path.startswith(("<", "memory:")):  # SEL-01, SEL-04
            return None
        path = self._canonical(path)
        if not self._wanted(path, names) or (self._omit and self._omit.match(path)):
            return None
        try:
            path.encode("utf-8")
        except UnicodeEncodeError:  # SEL-12
            return None
        return self._shown(path)

    def _wanted(self, path: str, names: "dict[str, object]") -> bool:
        if self._by_source:  # SEL-07, SEL-08
            return self._in_packages(path, names) or self._in_directories(path)
        if self._include:  # SEL-09
            return self._include.match(path)
        if path.startswith(self._unwanted) or names.get("__name__") in IMPORTED_BY_SITE:  # SEL-10
            return False
        return not path.startswith(self._third_party_now())

    def _in_directories(self, path: str) -> bool:
        if not path.startswith(self._sources):
            return False
        for place in self._third_party_now():
            if path.startswith(place):
                return any(source.startswith(place) for source in self._sources)
        return True

    def _in_packages(self, path: str, names: "dict[str, object]") -> bool:
        if not self._packages:
            return False
        module = _module_name(path, names)
        return any(
            module == package or module.startswith(package + ".") for package in self._packages
        )

    def _third_party_now(self) -> "tuple[str, ...]":
        """Where installed distributions lie; looked up again when sys.path changed (SEL-13)."""
        if self._path != sys.path:
            self._path = list(sys.path)
            self._third_party = _third_party()
        return self._third_party

    def _canonical(self, path: str) -> str:
        """SEL-05: absolute and free of links; relative names are looked for along sys.path."""
        real = real_path(path, self._library)
        if real is None:
            return os.path.realpath(_found(path))
        if not self._library and path.startswith(LIBRARY):
            self._library = real  # most files that run lie beside it, and it has no links
        return real

    def _shown(self, path: str) -> str:
        """GLB-01: with relative_files, relative to the start's directory if it lies below."""
        here = _folder(self._settings.cwd)
        if self._settings.relative and path.startswith(here):
            return path[len(here) :]
        return path


def _real(path: str, known: str = "") -> str:
    """os.path.realpath, most of the time without its price; `known` is as real_path takes it."""
    return real_path(path, known) or os.path.realpath(path)


def _globs(patterns: "Sequence[str]", cwd: str) -> "Globs | None":
    """None for no patterns, which most processes have: nothing is loaded for them then."""
    return (measured.globs.Globs(patterns, cwd) or None) if patterns else None


def _real_file(name: str, file: object) -> str:
    """SEL-02, SEL-03: the globals' `__file__` if it names the same file, compiled or not."""
    if not isinstance(file, str) or name.startswith("<"):
        return name
    if file == name and name.endswith(".py"):  # as it is nearly always
        return name
    source = file[:-1] if file.endswith((".pyc", ".pyo")) else file
    return source if os.path.basename(source) == os.path.basename(name) else name


def _found(path: str) -> str:
    """A relative path that is not there, where it is along sys.path; others as they are."""
    if not os.path.isabs(path) and not os.path.exists(path):
        for entry in sys.path:
            candidate = os.path.join(entry, path)
            if os.path.exists(candidate):
                return candidate
    return path


def _folder(path: str) -> str:
    """With a separator at its end, so that a prefix is a directory."""
    return path if path.endswith(os.sep) else path + os.sep


def _unwanted(pylib: bool) -> "tuple[str, ...]":
    """Where our own modules lie and, unless they are wanted, those of the standard library."""
    modules = [sys.modules["cov_cli"], sys.modules["cov_tracer"]]
    if not pylib:
        modules.append(os)
    return tuple(_folder(os.path.dirname(_real(m.__file__ or m.__name__))) for m in modules)


def _module_name(path: str, names: "dict[str, object]") -> str:
    """SEL-19: a main program is known by its spec, else by its file."""
    name = names.get("__name__")
    if name == "__main__":
        spec = names.get("__spec__")
        name = getattr(spec, "name", None) or os.path.splitext(os.path.basename(path))[0]
    return name if isinstance(name, str) else ""


def _third_party() -> "tuple[str, ...]":
    """Directories of installed distributions and of their scripts, in order.

    A project that merely lies below a virtual environment is not one of them (LIM-41).
    """
    places = [entry for entry in sys.path if os.path.basename(entry) in INSTALLED_IN]
    site = sys.modules.get("site")
    if site is not None:
        places += site.getsitepackages()
        places.append(getattr(site, "USER_SITE", None) or "")
    scripts = "Scripts" if os.name == "nt" else "bin"
    places += [os.path.join(prefix, scripts) for prefix in (sys.prefix, sys.base_prefix)]
    found = set()
    known = ""
    for place in sorted(filter(None, set(places)), key=str):  # neighbours share most of their way
        known = _real(place, known)
        found.add(_folder(known))
    return tuple(sorted(found))
