"""Why lines and branches have their colours: records, sources and reasons → sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from cov_analysis import (
    AnalysisError,
    FileResult,
    Source,
    SourceFacts,
    analyze,
    describe,
    explain,
    measure,
)
from cov_analysis.reasons import LineReason, Reasons
from cov_analysis.recorded import taken_arcs
from cov_analysis.unreached import Finder, Unreached

from .errors import ReportError
from .explanations import FileExplanation, LineExplanation, Status
from .gathering import GatherOptions, look_up

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cov_data import Reader

_CONTEXTS = 10  # so many are named


@dataclass(frozen=True, slots=True)
class ExplainOptions:
    """What explanations need to know besides data and sources.

    `gather` says what is read, and how. `origin` tells where a regex was configured. `unmeasured`
    gives reasons why a file (its path) is not in the data, `unreported` why reports leave it out.
    `doubts` are sentences about processes
    whose lines may be missing in the data.
    """

    gather: GatherOptions
    origin: Callable[[str], str] = lambda regex: ""
    unmeasured: Callable[[str], Sequence[str]] = lambda path: ()
    unreported: Callable[[str], Sequence[str]] = lambda path: ()
    doubts: Sequence[str] = ()


def explain_lines(
    reader: Reader, name: str, lines: Sequence[int], options: ExplainOptions
) -> FileExplanation:
    """Explain lines of a file, named as a user typed it.

    Raises ReportError for a line that the file does not have, NoSource or ReportError for a file
    that cannot be read or understood, DataError (cov_data) as `gather` does.
    """
    file = _File(reader, name, options)
    return FileExplanation(
        name=file.name,
        path=file.recorded.path,
        facts=tuple(file.about()),
        lines=tuple(map(file.explain, lines)),
    )


def explain_file(reader: Reader, name: str, options: ExplainOptions) -> FileExplanation:
    """Explain every missing or partial line of a file. Raises as `explain_lines` does."""
    file = _File(reader, name, options)
    partial = file.result.missing_branches.keys() - file.result.missing
    lines = sorted(file.result.missing | partial) if file.unknown is None else []
    doubts = file.doubts() if file.unknown is None and file.result.missing else ()
    return FileExplanation(
        name=file.name,
        path=file.recorded.path,
        facts=(*file.about(), *doubts),
        lines=tuple(map(file.explain_shortly, lines)),
        summary=file.summary(),
    )


class _File:
    """One file while it is explained."""

    def __init__(self, reader: Reader, name: str, options: ExplainOptions) -> None:
        self._reader = reader
        self._options = options
        self.recorded = look_up(reader, name, options.gather)
        self.name = self.recorded.name
        self.unknown = self.recorded.unknown
        self.source, self._facts = self._understood()
        lines, arcs = self.recorded.lines, self.recorded.arcs
        self.result: FileResult = measure(self._facts, lines, arcs)
        first = self._facts.first_lines
        self._ran = {first.get(line, line) for line in lines}
        self._taken = None if arcs is None else taken_arcs(self._facts, arcs)
        self._reasons = Reasons(self.source, self._facts, options.gather.exclusions, options.origin)

    def _understood(self) -> tuple[Source, SourceFacts]:
        try:
            source = Source.from_bytes(self.recorded.path, self.recorded.data)
            return source, analyze(source, self._options.gather.exclusions)
        except AnalysisError as error:
            raise ReportError(str(error)) from error

    def about(self) -> Iterator[str]:
        """What is to be known of the whole file."""
        if self.unknown is not None:
            yield f"{self.name} {self.unknown}: nothing is known of its lines"
        elif not self.recorded.is_known:
            yield f"{self.name} is not in the data: it was not measured, or never imported or run"
            yield from self._left_out
        elif not self._ran:
            if self._options.gather.contexts is not None:
                yield f"no line of {self.name} ran{self._in_contexts()}"
            else:
                yield f"no line of {self.name} ran: it was never imported or run"
        yield from self._options.unreported(self.recorded.path)

    def summary(self) -> str:
        """The figures of a list."""
        if self.unknown is not None:
            return "not known"
        totals = self.result.totals
        text = f"{totals.missing} of {_count(totals.statements, 'statement')} did not run"
        if totals.branches:
            missing = f"{totals.missing_branches} of {_count(totals.branches, 'branch')}"
            text += f", {missing} not taken"
        return text

    def explain(self, line: int) -> LineExplanation:
        try:
            reason = self._reasons.line(line)
        except ValueError as error:
            length = _count(len(self.source.lines), "line")
            raise ReportError(f"{self.name} has {length}: {error}") from error
        status = self._status(reason)
        facts = [*reason.facts]
        if status in ("ran", "partial"):
            facts += self._why_ran(reason.first)
        elif status == "missing":
            facts += self._why_missing(reason.first)
        return self._line(line, status, facts)

    def explain_shortly(self, line: int) -> LineExplanation:
        """The reasons alone, of a line that is missing or partial."""
        if line in self.result.missing:
            return self._line(line, "missing", self._finder.why(line).causes)
        return self._line(line, "partial", list(self._missing_branches(line)))

    def _line(self, line: int, status: Status, facts: Sequence[str]) -> LineExplanation:
        text = self.source.lines[line - 1].expandtabs()
        return LineExplanation(line, status, text, tuple(facts))

    def _status(self, reason: LineReason) -> Status:
        if reason.role != "statement":
            return reason.role
        if self.unknown is not None:
            return "unknown"
        if reason.first in self.result.missing:
            return "missing"
        return "partial" if reason.first in self.result.missing_branches else "ran"

    # Lines that ran

    def _why_ran(self, line: int) -> Iterator[str]:
        contexts = self._contexts(self._options.gather.contexts).get(line, [])
        if contexts and contexts != [""]:
            yield f"it ran in {_listed(contexts)}"
        for target in self.result.executed_branches.get(line, ()):
            yield f"taken: {describe(self._facts, (line, target))}"
        yield from self._missing_branches(line)
        yield from self._ways_that_do_not_count(line)
        if not self.result.has_branches and line in self._facts.branch_lines:
            yield "branches were not measured"

    def _missing_branches(self, line: int) -> Iterator[str]:
        taken = self.result.executed_branches.get(line, [])
        sentences = [
            explain(self._facts, (line, target), taken)
            for target in self.result.missing_branches.get(line, ())
        ]
        yield from dict.fromkeys(sentences)

    def _ways_that_do_not_count(self, line: int) -> Iterator[str]:
        ways = sorted(target for start, target in self._facts.arcs if start == line)
        for target in ways if len(ways) > 1 else ():
            if target in self._facts.excluded:
                way = describe(self._facts, (line, target))
                yield f"does not count, since line {target} is excluded: {way}"
        if self._taken is not None and line in self._facts.branch_lines:
            counting = [target for target in ways if target not in self._facts.excluded]
            missing = [target for target in counting if (line, target) not in self._taken]
            for forgiven in self._reasons.forgiven(line) if missing else ():
                for target in missing:
                    yield f"not taken, but forgiven: {describe(self._facts, (line, target))}"
                yield forgiven

    def _contexts(self, wanted: Sequence[str] | None) -> dict[int, list[str]]:
        """The contexts of each statement (first line)."""
        found: dict[int, set[str]] = {}
        by_line = self._reader.contexts_by_line(self.recorded.name_in_data, wanted)
        for line, names in by_line.items():
            found.setdefault(self._facts.first_lines.get(line, line), set()).update(names)
        return {line: sorted(names) for line, names in found.items()}

    # Lines that did not

    def _why_missing(self, line: int) -> Iterator[str]:
        if self._options.gather.contexts is not None:
            others = self._contexts(None).get(line)
            if others:
                yield f"it ran, but not{self._in_contexts()}: only in {_listed(others)}"
        found: Unreached = self._finder.why(line)
        if found.behind:
            yield f"it comes after {_lines(found.behind)}, which did not run either"
        yield from found.causes
        yield from self.doubts()

    def doubts(self) -> Sequence[str]:
        """About processes in which missing lines may have run, had they been measured there."""
        return () if self._left_out else self._options.doubts

    @cached_property
    def _left_out(self) -> Sequence[str]:
        """The settings that keep a file out of the data."""
        if self.recorded.is_known:
            return ()
        return self._options.unmeasured(self.recorded.path)

    @cached_property
    def _finder(self) -> Finder:
        return Finder(self.source, self._facts, self._ran, self._taken)

    def _in_contexts(self) -> str:
        contexts = self._options.gather.contexts
        return "" if contexts is None else f" in contexts that match {' or '.join(contexts)}"


def _count(number: int, noun: str) -> str:
    plural = "es" if noun.endswith("ch") else "s"
    return f"{number} {noun}{'' if number == 1 else plural}"


def _lines(lines: Sequence[int]) -> str:
    listed = ", ".join(map(str, sorted(lines)))
    return f"line{'' if len(lines) == 1 else 's'} {listed}"


def _listed(contexts: Sequence[str]) -> str:
    named = [context or "no context" for context in contexts[:_CONTEXTS]]
    more = len(contexts) - len(named)
    listed = ", ".join([*named, *([f"{more} more"] if more else [])])
    return f"the context{'' if len(contexts) == 1 else 's'} {listed}"
