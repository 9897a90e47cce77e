"""The short-lived helper that saves the data when a program has ended.

It runs in an interpreter of its own, without `site`, with the settings on its command line, and
somebody waits for it: imports are few. What it has to say goes to stderr, a line each.
"""

from __future__ import annotations

import _signal  # signal itself would take milliseconds
import gc
import os
import sys

from cov_cli.measured.globs import Globs
from cov_cli.measured.settings import unpack
from cov_cli.packages import packages_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cov_cli.measured.settings import Settings
    from cov_cli.packages import Package
    from cov_data.seal import SealSummary

# UNX-03: file names that no import statement could mean.
_ODD = frozenset(".#~!$@%^&*()+=,")

_KEEPING_BOTH = "with --parallel-mode, or a --data-file of its own, each keeps its own"


def main(text: str, ended: str = "", *imported: str) -> None:
    """Seal the run whose settings these are. Never raises: the journals wait if it cannot be.

    `cov run` makes the command that comes here. `ended` is not empty if the program has come to its
    end; `imported` are files to measure that were imported before measuring began.
    """
    _signal.signal(_signal.SIGINT, _signal.SIG_IGN)
    gc.disable()  # short-lived, and all it makes is kept to the end
    settings = unpack(text)
    sources: list[str] = []

    def discover(executed: Iterable[str]) -> list[str]:
        sources.extend(unexecuted(settings, executed))
        return sources

    try:
        from cov_data.seal import seal
        from cov_tracer import _bulk

        summary = seal(
            settings.data_file,
            run=settings.run,
            mode=settings.mode,
            discover=discover,
            branch=settings.branch,
            pid=settings.top,
            created_ns=settings.created,
            bulk=_bulk,
        )
    except Exception as error:  # noqa: BLE001 - the program that ended is not to suffer
        from cov_cli.errors import describe  # only then, and it is no light import

        _say(f"the data could not be saved, its journals are kept: {describe(error)}")
        return
    # Each run that follows processes writes a ledger, first of all.
    is_gone = settings.follow and not summary.found
    if summary.outdone:
        _say(f"a later run has replaced the data of this one in {summary.target}: {_KEEPING_BOTH}")
        return
    if is_gone:
        _say("nothing is left of this run: its files were deleted, or could not be written")
    for problem in summary.problems:
        _say(problem)
    if ended and not is_gone and (settings.packages or imported or not summary.measured):
        _warn(settings, summary, sources, imported)


def _warn(
    settings: Settings, summary: SealSummary, sources: Sequence[str], imported: Sequence[str]
) -> None:
    from cov_cli.lastwords import Facts, last_words  # few runs have anything to hear

    facts = Facts(
        settings,
        executed=summary.executed,
        sources=sources,
        imported=imported,
        measured=summary.measured,
        lost=summary.lost,
    )
    try:
        for text in last_words(facts):
            _say(f"warning: {text}")
    except Exception as error:  # noqa: BLE001 - the program that ended is not to suffer
        from cov_cli.errors import describe

        _say(describe(error))


def _say(text: str) -> None:
    if sys.stderr is not None:
        print(f"cov: {text}", file=sys.stderr)


def unexecuted(settings: Settings, executed: Iterable[str]) -> Iterator[str]:
    """Every Python file of the sources, so that those which never ran are known (UNX-01).

    A package lies where it ran: a program may find another copy than was there to be found, or one
    that only an import finds. `executed` are the files of which something ran.
    """
    packages = packages_of(settings)
    ran = [os.path.join(settings.cwd, path) for path in executed] if packages else []
    places = list(settings.source_dirs)
    for package in packages:
        places += _places_of(package, settings, ran)
    yield from _files_of(places, settings)


def _places_of(package: Package, settings: Settings, ran: Sequence[str]) -> list[str]:
    """The directories and files of a source package."""
    known = [
        os.path.realpath(place)
        for place in package.places
        if settings.namespaces or _is_import(place)
    ]
    inside = package.name.replace(".", os.sep)
    endings = tuple(os.path.join(os.sep, inside + end) for end in (f"{os.sep}__init__.py", ".py"))
    elsewhere, is_where_known = [], False
    for path in ran:
        if any(path == place or path.startswith(place + os.sep) for place in known):
            is_where_known = True
        elif path.endswith(endings) and not (known and _is_in_package(path, inside)):
            elsewhere.append(path.removesuffix(f"{os.sep}__init__.py"))
    return elsewhere if elsewhere and not is_where_known else [*known, *elsewhere]


def _is_import(place: str) -> bool:
    """Whether it is clear how a place is imported: of what has no `__init__.py` nobody knows."""
    return os.path.isfile(place) or os.path.isfile(os.path.join(place, "__init__.py"))


def _is_in_package(path: str, inside: str) -> bool:
    """Whether a file that ends like the package's is one of a package around it."""
    top = path[: path.rindex(os.sep + inside)]
    return os.path.isfile(os.path.join(top, "__init__.py"))


def _files_of(places: Iterable[str], settings: Settings) -> Iterator[str]:
    omit = Globs(settings.omit, settings.cwd)
    here = settings.cwd + os.sep
    for place in map(os.path.realpath, places):
        files = [place] if os.path.isfile(place) else _files_below(place, settings.namespaces)
        for file in files:
            # The folders on the way have their real names: to ask about the file itself is cheap.
            path = os.path.realpath(file) if os.path.islink(file) else file
            if not omit.match(path):
                inside = settings.relative and path.startswith(here)
                yield path[len(here) :] if inside else path


def _files_below(top: str, namespaces: bool) -> Iterator[str]:
    """UNX-03, UNX-04; but never into a virtual environment (UNX-05 does, by accident)."""
    for folder, folders, files in os.walk(top):
        if folder != top and not namespaces and "__init__.py" not in files:
            folders.clear()
            continue
        folders[:] = [
            name for name in folders if not os.path.exists(os.path.join(folder, name, "pyvenv.cfg"))
        ]
        real = os.path.realpath(folder)  # Windows goes into junctions
        for name in files:
            stem, ending = os.path.splitext(name)
            if ending in (".py", ".pyw") and not _ODD.intersection(stem):
                yield os.path.join(real, name)
