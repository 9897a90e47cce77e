"""Records and sources → the report. The only importer of cov-data; one file in memory at a time.

The module is not called `gather`, like its function: importing a submodule binds its name in the
package, where the function must stand.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cov_analysis import AnalysisError, Exclusions, NotPython, Totals
from cov_analysis.packing import length as length_of
from cov_analysis.source import code_digest, read_bytes

from .errors import NoData, NoSource, ReportError
from .examining import Examiner
from .model import FileReport, Report, UnknownFile

# Of each of the runs the source was another one: it is generated, or was edited between them.
DIFFERS = "differs between the combined runs"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cov_data import Reader


@dataclass(frozen=True, slots=True)
class GatherOptions:
    """What to report on.

    `selects` says of a recorded name (absolute, or relative as it was recorded) whether it is
    wanted. `contexts` are regexes: only what ran in a context that one is found in counts as
    executed; None is everything. `files` are names as a user typed them: report on just these,
    measured or not. With `ignore_errors`, files without usable source become notes. With
    `allow_changed`, facts are believed although their source has changed. `cache` is a folder in
    which facts of sources are kept for the next report. With more `processes` than one, others are
    started where there is much to do.
    """

    selects: Callable[[str], bool] = lambda name: True
    exclusions: Exclusions | None = None
    ignore_errors: bool = False
    allow_changed: bool = False
    contexts: Sequence[str] | None = None
    files: Sequence[str] = ()
    show_contexts: bool = False
    cache: str | None = None
    processes: int = 1


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A file to report on: as recorded, where its source is, and what to call it."""

    recorded: str
    path: str
    name: str


def gather(reader: Reader, options: GatherOptions | None = None) -> Report:
    """Join what was recorded with what the sources say.

    Raises NoData when no file is left; NoSource and ReportError for a source that cannot be read or
    understood, unless errors are ignored; ReportError for a file that a plugin measured; DataError
    (cov_data) for damaged data and for a context that is no regex.
    """
    options = options or GatherOptions()
    files: list[FileReport] = []
    unknown: list[UnknownFile] = []
    notes: list[str] = []
    totals = Totals()
    with Examiner(options.exclusions, options.cache, options.processes) as examiner:
        all_wanted = _wanted_files(reader, options)
        examiner.expect(wanted.path for wanted in all_wanted)
        for wanted in all_wanted:
            try:
                file = _examine(reader, wanted, options, examiner, notes)
            except ReportError as error:
                if not options.ignore_errors:
                    raise
                notes.append(f"{wanted.name} is left out: {error.problem} (couldnt-parse)")
                continue
            if isinstance(file, UnknownFile):
                unknown.append(file)
            elif file is not None:
                files.append(file)
                totals += file.totals
    notes += _about_unknown(unknown)
    if not files:
        why = [] if unknown else [_why_nothing(reader)]
        raise NoData("; ".join(["no data to report", *why, *notes]))
    shown = options.show_contexts
    return Report(
        tuple(files), totals, reader.has_arcs, shown, tuple(notes), unknown=tuple(unknown)
    )


def _about_unknown(files: Sequence[UnknownFile]) -> Iterator[str]:
    """A sentence for each reason."""
    if files:
        from cov_data.commandlines import quoted
    for reason in dict.fromkeys(file.reason for file in files):
        names = ", ".join(quoted(file.name) for file in files if file.reason == reason)
        # What is generated for each machine will differ again.
        better = "omit it" if reason == DIFFERS else "measure again"
        yield f"nothing is known of what {reason}: {names} ({better}, or report with allow_changed)"


def _wanted_files(reader: Reader, options: GatherOptions) -> list[_Wanted]:
    """The files to report on, in the order of their absolute names (REP-08)."""
    here = _current_directory()
    found = _asked_for(reader, options.files, here) if options.files else _recorded(reader, here)
    return sorted(
        (wanted for wanted in found if options.selects(wanted.recorded)),
        key=lambda wanted: wanted.path,
    )


def _recorded(reader: Reader, here: str) -> Iterator[_Wanted]:
    for recorded in reader.files():
        yield _Wanted(recorded, os.path.join(here, recorded), _below(recorded, here))


def _asked_for(reader: Reader, typed_names: Sequence[str], here: str) -> Iterator[_Wanted]:
    """What the user typed (REP-01, REP-02); a file typed twice counts once."""
    by_path = {_resolved(recorded, here): recorded for recorded in reader.files()}
    seen: set[str] = set()
    for typed in typed_names:
        path = _resolved(typed, here)
        if path not in seen:
            seen.add(path)
            yield _Wanted(by_path.get(path, path), path, _below(typed, here))


def _current_directory() -> str:
    try:
        return os.getcwd()
    except OSError as error:
        raise ReportError(
            f"the current directory is gone ({error.strerror}): go to another"
        ) from error


def _resolved(name: str, here: str) -> str:
    try:
        return os.path.realpath(name)
    except ValueError:  # A NUL in it: reading the source will say so.
        return os.path.join(here, name)


def _below(name: str, directory: str) -> str:
    """The name, relative to the directory if it begins with it."""
    return name.removeprefix(directory.rstrip(os.sep) + os.sep)


def _examine(
    reader: Reader, wanted: _Wanted, options: GatherOptions, examiner: Examiner, notes: list[str]
) -> FileReport | UnknownFile | None:
    """Look at one file; None for one that is no Python source and never said it was."""
    _refuse_plugin(reader, wanted)
    data = _read(reader, wanted)
    reason = None if options.allow_changed else _why_unknown(reader.digests(wanted.recorded), data)
    if reason is not None:
        return UnknownFile(wanted.path, wanted.name, reason)
    facts = _understand(wanted.path, data, examiner)
    if facts is None:
        return None
    lines, arcs = _executed(reader, wanted.recorded, options.contexts)
    length = length_of(facts)
    if lines and max(lines) > length:
        notes.append(
            f"line {max(lines)} of {wanted.name} was executed, but the file ends at line {length}: "
            "it has changed since it was measured, so its figures may be wrong"
        )
    contexts = {}
    if options.show_contexts:
        by_line = reader.contexts_by_line(wanted.recorded, options.contexts)
        contexts = {line: tuple(names) for line, names in by_line.items()}
    return FileReport.of(wanted.path, wanted.name, facts, lines, arcs, contexts)


def _refuse_plugin(reader: Reader, wanted: _Wanted) -> None:
    plugin = reader.tracer(wanted.recorded)
    if plugin:
        raise ReportError(
            f"{wanted.path} was measured by the plugin {plugin}, which cannot be used here",
            "omit the file, or report with ignore_errors",
        )


@dataclass(frozen=True, slots=True)
class Recorded:
    """One file, named by a user: its bytes, and what was recorded of it.

    `arcs` is None if branches were not measured. `unknown` says why what was recorded is not about
    these bytes; None if it is. With a file that is not in the data `is_known` is false.
    """

    path: str
    name: str
    name_in_data: str
    data: bytes
    is_known: bool
    lines: set[int]
    arcs: set[tuple[int, int]] | None
    unknown: str | None


def look_up(reader: Reader, typed: str, options: GatherOptions) -> Recorded:
    """What there is about one file. Raises NoSource, ReportError and DataError as `gather` does."""
    (wanted,) = _asked_for(reader, [typed], _current_directory())
    _refuse_plugin(reader, wanted)
    data = _read(reader, wanted)
    lines, arcs = _executed(reader, wanted.recorded, options.contexts)
    unknown = None if options.allow_changed else _why_unknown(reader.digests(wanted.recorded), data)
    return Recorded(
        path=wanted.path,
        name=wanted.name,
        name_in_data=wanted.recorded,
        data=data,
        is_known=wanted.recorded in reader.files(),
        lines=lines,
        arcs=arcs,
        unknown=unknown,
    )


def _executed(
    reader: Reader, recorded: str, contexts: Sequence[str] | None
) -> tuple[set[int], set[tuple[int, int]] | None]:
    if not reader.has_arcs:
        return reader.lines(recorded, contexts), None
    arcs = reader.arcs(recorded, contexts)
    # As Reader.lines would find them (ARC-08), without asking the file again.
    return {line for arc in arcs for line in arc if line > 0}, arcs


def _why_unknown(measured: set[str], data: bytes) -> str | None:
    """Why facts about sources with the digests `measured` say nothing of this one; None if they do.

    Facts from elsewhere come without digests, and have to be believed.
    """
    if not measured or measured == {code_digest(data)}:
        return None
    from cov_data.sources import CHANGED

    if len(measured) == 1:
        return "has changed since it was measured"
    return "changed while it was measured" if CHANGED in measured else DIFFERS


def _understand(path: str, data: bytes, examiner: Examiner) -> bytes | None:
    """Packed facts; None for what is no Python source and never said it was (REP-12)."""
    try:
        return examiner.facts(path, data)
    except NotPython as error:
        extension = os.path.splitext(path)[1]
        if extension and not extension.startswith(".py"):
            return None
        raise _unusable(error) from error
    except AnalysisError as error:
        raise _unusable(error) from error


def _read(reader: Reader, wanted: _Wanted) -> bytes:
    try:
        return read_bytes(wanted.path)
    except AnalysisError as error:
        # The cause knows the reason without the path, which NoSource has already.
        reason = getattr(error.__cause__, "strerror", None) or str(error)
        raise NoSource(wanted.path, reason, wanted.recorded in reader.files()) from error


def _unusable(error: AnalysisError) -> ReportError:
    return ReportError(str(error), "omit it, or report with ignore_errors")


def _why_nothing(reader: Reader) -> str:
    count = len(reader.files())
    if not count:
        return "nothing was measured"
    return f"no measured file (of {count}) was selected and has usable source"
