"""What `cov run` warns of when the program has ended: sources of which nothing was measured.

All is said from facts that are there already: the settings, the files that ran in any process of
the run, and what had been imported before measuring began. Where they leave a doubt, nothing is
said. docs/reference/warnings.md has the slugs.
"""

from __future__ import annotations

import os

from cov_cli.measured.settings import NOT_PYTHON, NOWHERE
from cov_cli.packages import packages_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from cov_cli.measured.settings import Settings
    from cov_cli.packages import Package

_NAMED_AT_MOST = 3
_WHO_IMPORTS = "python -X importtime -c pass lists what is"


class Facts:
    """What is known of a run that has ended. Paths are as in its data file.

    `executed` are the files of which something ran; `sources` all files of the sources that are not
    omitted; `imported` those that were imported before measuring began. `measured` tells whether
    this run has measured anything; with `lost` more may have run than is known.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        executed: Iterable[str],
        sources: Iterable[str],
        imported: Iterable[str],
        measured: bool,
        lost: bool,
    ) -> None:
        def absolute(paths: Iterable[str]) -> list[str]:
            return [os.path.join(settings.cwd, path) for path in paths]

        self.settings = settings
        self.executed = absolute(executed)
        self.sources = absolute(sources)
        self.imported = absolute(imported)
        self.measured = measured
        self.lost = lost


class _Package:
    """A source package, and which files are its own."""

    def __init__(self, package: Package, cwd: str) -> None:
        self.name = package.name
        self.origin = package.origin
        self.kind = package.kind
        self.places = [os.path.realpath(place) for place in package.places]
        self._parts = f"{os.sep}{self.name.replace('.', os.sep)}{os.sep}"
        self._cwd = cwd

    def has(self, path: str) -> bool:
        """Whether a file is one of the package, or may be: where it is called so."""
        if any(path == place or path.startswith(place + os.sep) for place in self.places):
            return True
        # The project's own directory is often called like its package.
        return self._parts in os.path.splitext(path.removeprefix(self._cwd))[0] + os.sep

    def may_have_python(self) -> bool:
        """Whether there is a Python file in it, or its place is not known."""
        found = (name for place in self.places for name in _names_below(place))
        return not self.places or any(name.endswith((".py", ".pyw")) for name in found)

    def any_of(self, paths: Iterable[str]) -> bool:
        return any(map(self.has, paths))


def _names_below(place: str) -> Iterator[str]:
    """The names of all files in a directory, or of the file itself."""
    if os.path.isfile(place):
        yield place
    for _, _, names in os.walk(place):
        yield from names


def last_words(facts: Facts) -> Iterator[str]:
    """The warnings, each with its slug at its end; those that are not wanted are left out."""
    for slug, text in _all(facts):
        if slug in facts.settings.warn:
            yield f"{text} ({slug})"


def _all(facts: Facts) -> Iterator[tuple[str, str]]:
    settings = facts.settings
    packages = [_Package(package, settings.cwd) for package in packages_of(settings)]
    missing = [package for package in packages if not package.any_of(facts.executed)]
    # A file that no source explains is one of a package that lies where its name does not tell.
    certain = not facts.lost and all(
        _is_explained(path, settings, packages) for path in facts.executed
    )
    told = False
    for package in missing:
        if certain or package.kind == NOT_PYTHON:
            for one in _about(package, facts):
                told = True
                yield one
    early = [path for path in facts.imported if not any(p.has(path) for p in missing)]
    if early:
        text = (
            "imported before measuring began, so that what ran in them then is not known: "
            f"{_some(early, settings)}: {_WHO_IMPORTS} imported that early"
        )
        told = True
        yield "already-imported", text
    if not (facts.measured or facts.lost or _is_broken(settings.program)):
        why = "" if told else f": {_why_nothing(settings)}"
        yield "no-data-collected", f"nothing was measured{why}"


def _is_broken(program: str) -> bool:
    """Whether the program is no Python, so that Python itself has said why nothing ran."""
    import warnings

    try:
        with open(program, "rb") as file:
            text = file.read()
    except OSError:
        return False  # a module, a directory, or gone
    warnings.simplefilter("ignore")  # what the compiler has to say is for those who run it
    try:
        compile(text, program, "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return b"\0" not in text  # as archives have
    return False


def _is_explained(path: str, settings: Settings, packages: Collection[_Package]) -> bool:
    below = any(path.startswith(os.path.join(place, "")) for place in settings.source_dirs)
    return below or any(package.has(path) for package in packages)


def _about(package: _Package, facts: Facts) -> Iterator[tuple[str, str]]:
    """Why nothing of a source package was measured; nothing if all of it is omitted."""
    settings, counted = facts.settings, package.any_of(facts.sources)
    what = f"{package.origin}: {package.name}"
    if package.kind == NOT_PYTHON or not package.may_have_python():
        text = f"{what} has no Python source, so that nothing in it can be measured: take it out"
        yield "module-not-python", text
    elif package.any_of(facts.imported):
        text = f"{what} was imported before measuring began, and nothing of it was measured"
        yield "module-not-measured", f"{text}: {_WHO_IMPORTS} imported that early"
    elif package.kind == NOWHERE:
        text = f"{what} is no directory and no module that can be found, nothing of it was measured"
        yield "module-not-imported", f"{text}: {_way_to(package.name, settings.cwd)}"
    elif counted or not settings.omit:
        so = ", its files count as never run" if counted else ""
        text = f"{what}{_where(package, settings)} was imported by no measured process{so}"
        yield "module-not-imported", f"{text}: import it, or take it out"


def _where(package: _Package, settings: Settings) -> str:
    return f" ({_some(package.places, settings)})" if package.places else ""


def _some(paths: list[str], settings: Settings) -> str:
    shown = [path.removeprefix(settings.cwd + os.sep) for path in paths[:_NAMED_AT_MOST]]
    more = len(paths) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _way_to(name: str, cwd: str) -> str:
    """What is to be done about a name that means nothing."""
    path = os.path.join(cwd, name)
    if os.path.isfile(path):
        return "it is a file: name its directory or its module, or use include"
    similar = _similar(name, cwd)
    if similar == name:
        return "there is one, but not where this program imports from: name its directory"
    return f"is {similar} meant?" if similar else "correct it, or start cov where it can be found"


def _similar(name: str, cwd: str) -> str:
    """A directory or module that is called nearly so, as it would have to be written; or ""."""
    import difflib

    separator = os.sep if os.sep in name else "."
    above, found, last = name.rpartition(separator)
    for root in (cwd, os.path.join(cwd, "src")):
        folder = os.path.join(root, above.replace(separator, os.sep))
        try:
            names = [entry.name for entry in os.scandir(folder) if _is_source(entry, separator)]
        except OSError:
            continue
        near = difflib.get_close_matches(last, [n.removesuffix(".py") for n in names], 1)
        if near:
            return f"{above}{found}{near[0]}"
    return ""


def _is_source(entry: os.DirEntry[str], separator: str) -> bool:
    return entry.is_dir() or (separator == "." and entry.name.endswith(".py"))


def _why_nothing(settings: Settings) -> str:
    by_source = [*settings.source_dirs, *settings.package_names()]
    omitted = f", or it is omitted ({', '.join(settings.omit)})" if settings.omit else ""
    if by_source:
        why = f"nothing of the sources ran ({_some(by_source, settings)}){omitted}"
        way = "name what is imported"
    elif settings.include:
        why = f"no file that ran matches include ({', '.join(settings.include)}){omitted}"
        way = "correct the patterns"
    else:
        why = f"what ran belongs to the standard library or to installed packages{omitted}"
        way = "name what is to be measured with --source"
    return f"{why}: {way}{', or correct omit' if omitted else ''}"
