"""Runs made-up programs under every event source and compares what is known of them."""

from __future__ import annotations

import dis
import gc
import sys
import time
import warnings
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType

from cov_analysis import FileResult, Source, SourceFacts, analyze, measure
from cov_data import FileRecord, JournalReader
from cov_tracer import CORE, Journal, PyTracer, Tracer

from .expecting import Truth, expect
from .logbook import Logbook
from .rendering import render
from .tree import Node

CORES = ("sysmon", "ctrace", "pytrace") if CORE == "sysmon" else ("ctrace", "pytrace")

Arc = tuple[int, int]
Watch = Callable[[Journal, str], PyTracer | Tracer]
Answers = dict[tuple[int, int], int]


@dataclass
class Program:
    """A program that has run: its truth, and how often it asked what under which event source."""

    name: str
    seed: int
    tree: Node
    text: str
    truth: Truth
    asked: dict[str, Answers]

    def path(self, core: str) -> str:
        return f"{core}/{self.name}"


class Runner:
    """One tracer for each event source of this interpreter, each with a journal of its own.

    A process can have one: tool ids of sys.monitoring are few, and are kept.
    `watch` may give another tracer than the one in the wheel, which shows that a wrong one is
    found out.
    """

    def __init__(self, folder: Path, watch: Watch | None = None) -> None:
        watch = watch or our_tracer
        self.count = 0
        self.journals = {core: _journal(folder / core) for core in CORES}
        self.tracers = {core: watch(self.journals[core], core) for core in CORES}

    def run(self, name: str, seed: int, tree: Node) -> Program:
        text, twin = render(tree)
        asked = {}
        with _alone():
            book = Logbook(seed)
            _execute(_compile(twin, "twin"), book, book.notes())
            book.finish()
            for core, tracer in self.tracers.items():
                wrap = tracer.wrap if core != "sysmon" else None
                measured = Logbook(seed, wrap)
                code = _compile(text, f"{core}/{name}")
                tracer.start()
                try:
                    _execute(code, measured, {})
                finally:
                    tracer.stop()
                asked[core] = measured.counts
        return Program(name, seed, tree, text, expect(tree, book), {"": book.counts, **asked})

    def records(self) -> dict[str, FileRecord]:
        """What was recorded so far, by path."""
        found: dict[str, FileRecord] = {}
        for core, journal in self.journals.items():
            assert self.tracers[core].troubles == 0 and journal.lost == 0
            if journal.path is not None:
                reader = JournalReader(journal.path)
                assert reader.problems == [], reader.problems
                found.update((record.path, record) for record in reader.records())
        return found

    def check(self, trees: Iterable[tuple[int, Node]]) -> Iterator[tuple[Program, list[str]]]:
        """Run the programs, by their seeds; gives each with what disagrees."""
        programs = []
        for seed, tree in trees:
            self.count += 1
            programs.append(self.run(f"{self.count}.py", seed, tree))
        records = self.records()
        for program in programs:
            yield program, compare(program, records)


def our_tracer(journal: Journal, core: str) -> PyTracer | Tracer:
    if core == "pytrace":
        return PyTracer(journal, _decide, branch=True)
    return Tracer(journal, _decide, branch=True, core=core)


def compare(program: Program, records: dict[str, FileRecord]) -> list[str]:
    """Everything that the records and the analysis of a program say that is not so."""
    facts = analyze(Source("made_up.py", program.text))
    found = [f"analysis: {problem}" for problem in _possible(program.truth, facts)]
    unheard = set(unheard_lines(_compile(program.text, "made_up.py")))
    empty = FileRecord(path="", context="", lines=frozenset(), arcs=frozenset())
    seen = {core: records.get(program.path(core), empty) for core in CORES}
    for core, record in seen.items():
        if program.asked[core] != program.asked[""]:
            found.append(f"{core}: the program went another way than its twin")
        result = measure(facts, record.lines, record.arcs or ())
        silent = {line for _, line in unheard} if core != "sysmon" else set()
        found += [f"{core}: {one}" for one in _lines(program.truth, facts, record, result, silent)]
        unsure = _behind(unheard, facts) if core != "sysmon" else frozenset()
        found += [f"{core}: {one}" for one in _branches(program.truth, facts, result, unsure)]
    if (seen["ctrace"].lines, seen["ctrace"].arcs) != (seen["pytrace"].lines, seen["pytrace"].arcs):
        more = sorted((seen["ctrace"].arcs or set()) ^ (seen["pytrace"].arcs or set()))
        found.append(f"ctrace and pytrace recorded other things: {more}")
    return found


def _behind(unheard: set[tuple[int, int]], facts: SourceFacts) -> frozenset[Arc]:
    """Ways to lines that are not heard of, and from there; and out of a loop in a `with` whose exit
    is not, which may be put aside there."""
    lines = {line for _, line in unheard}
    loops = {loop for loop, line in unheard if line < loop}
    return frozenset(arc for arc in facts.arcs if lines & {*arc} or arc[0] in loops)


def unheard_lines(code: CodeType) -> Iterator[tuple[int, int]]:
    """Loops, each with the line behind it, of which CPython from 3.12 on tells no trace function.

    Looking for the starts of lines it passes over what ends a loop, and compares with what stands
    before it (Python/instrumentation.c, initialize_lines).
    """
    before = loop = None
    for one in dis.get_instructions(code) if sys.version_info >= (3, 12) else ():
        line = one.positions.lineno if one.positions else None
        if one.opname in ("END_FOR", "POP_ITER", "END_ASYNC_FOR"):
            loop = line
        elif one.opname not in ("EXTENDED_ARG", "CACHE"):
            if loop is not None and line is not None and line == before:
                yield loop, line
            before, loop = line, None
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from unheard_lines(constant)


def _possible(truth: Truth, facts: SourceFacts) -> Iterator[str]:
    for line in sorted(truth.lines - facts.statements - facts.docstrings):
        yield f"line {line} ran and is no statement"
    for arc in sorted(truth.taken - facts.arcs - truth.loose):
        if arc[0] in facts.statements and not truth.is_unsure(arc):
            yield f"{arc} was taken and is not possible"


def _lines(
    truth: Truth, facts: SourceFacts, record: FileRecord, result: FileResult, silent: set[int]
) -> Iterator[str]:
    ran = {facts.first_lines.get(line, line) for line in record.lines}
    for line in sorted(ran - facts.statements - facts.docstrings):
        yield f"line {line} was recorded and is no statement"
    for line in sorted((truth.lines & facts.statements) - result.executed - silent - truth.vague):
        yield f"line {line} ran, and is missing"
    for line in sorted(result.executed - truth.lines - truth.silent):
        yield f"line {line} did not run, and is not missing"


def _branches(
    truth: Truth, facts: SourceFacts, result: FileResult, unsure: Collection[Arc]
) -> Iterator[str]:
    # What follows a finally that nothing gets past: nobody goes there, it has no code.
    dropped = {line for line, goal in truth.crossing if goal > 0 and goal not in facts.statements}
    for branch in facts.branches:
        for target in branch.targets:
            arc = (branch.line, target)
            told = target in result.executed_branches.get(branch.line, ())
            if (
                arc in unsure
                or truth.is_unsure(arc)
                or told == (arc in truth.taken)
                or branch.line in dropped
            ):
                continue
            yield f"{arc} was {'not ' * told}taken, and told to be{' not' * (not told)}"


def _journal(prefix: Path) -> Journal:
    return Journal(str(prefix), host="here", run=bytes(16), created=time.time_ns(), branch=True)


def _decide(name: str, frame: FrameType) -> str | None:
    return name if name.startswith(CORES) else None


def _compile(text: str, name: str) -> CodeType:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code = compile(text, name, "exec", dont_inherit=True)
    assert isinstance(code, CodeType)
    return code


def _execute(code: CodeType, book: Logbook, notes: dict[str, object]) -> None:
    names = {**book.names(), **notes}
    try:
        exec(code, names)
    except BaseException:  # noqa: BLE001 - the program's own
        pass
    # A generator that the program leaves behind ends without the program's names, but its twin goes
    # on taking notes, some of which are taken with the names of errors at hand.
    left = dict(names)
    names.clear()
    names.update(notes, E1=left["E1"], E2=left["E2"], E3=left["E3"])
    left.clear()
    gc.collect()


@contextmanager
def _alone() -> Iterator[None]:
    """Nothing that a program leaves behind is heard, and nothing is collected at random."""
    hook = sys.unraisablehook
    collecting = gc.isenabled()
    sys.unraisablehook = lambda _: None
    gc.disable()
    gc.freeze()  # so that looking for what a program left behind is quick
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        sys.unraisablehook = hook
        if collecting:
            gc.enable()
