"""Lines explained: records, sources and reasons joined."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from report.samples import Arcs, data_file
from support.cases import EXIT, Case, read_cases

from cov_analysis import Exclusions, FileResult, Source, analyze
from cov_analysis.source import code_digest
from cov_data import FileRecord, Reader, Writer
from cov_report import GatherOptions, NoSource, ReportError, gather
from cov_report.explaining import ExplainOptions, explain_file, explain_lines
from cov_report.explanations import FileExplanation, as_json, as_text

PROGRAM = """\
def f(x):
    if x:
        return 1
    return [
        2]

def g():
    # nothing
    return 3  # pragma: no cover

f(1)
"""
WAY = [(1, 7), (7, 11), (11, 11), (2, 3), (3, -1), (11, -1)]


class Sample:
    """A source file in the current directory, and a data file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "a.py"
        self.data = folder / "data"

    def write(
        self,
        text: str = PROGRAM,
        *,
        lines: Iterable[int] = (),
        arcs: Arcs | None = None,
        contexts: dict[str, Arcs] | None = None,
    ) -> None:
        self.path.write_text(text, encoding="utf-8")
        name = str(self.path)
        if contexts is None and arcs is not None:
            contexts = {"": arcs}
        if contexts is not None:
            data_file(self.data, arcs={key: {name: found} for key, found in contexts.items()})
        else:
            data_file(self.data, lines={"": {name: lines}})

    def line(self, line: int, options: ExplainOptions | None = None) -> tuple[str, tuple[str, ...]]:
        (found,) = self.explained([line], options).lines
        assert found.line == line
        return found.status, found.facts

    def explained(
        self, lines: Sequence[int], options: ExplainOptions | None = None, name: str = "a.py"
    ) -> FileExplanation:
        with Reader(self.data) as reader:
            return explain_lines(reader, name, lines, options or ExplainOptions(GatherOptions()))

    def listed(self, options: ExplainOptions | None = None) -> FileExplanation:
        with Reader(self.data) as reader:
            return explain_file(reader, "a.py", options or ExplainOptions(GatherOptions()))


@pytest.fixture
def sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sample:
    folder = tmp_path.resolve()
    monkeypatch.chdir(folder)
    return Sample(folder)


NEVER_CALLED = "the function 'g', which begins on line 7, was never called"
NOT_FALSE = "line 2 didn't jump to line 4 because the condition on line 2 was always true"


@pytest.mark.parametrize(
    ("line", "status", "facts"),
    [
        (1, "ran", ()),
        (2, "partial", ("taken: jump to line 3", NOT_FALSE)),
        (3, "ran", ()),
        (4, "missing", (NOT_FALSE,)),
        (5, "missing", ("line 5 is part of the statement that begins on line 4", NOT_FALSE)),
        (6, "none", ("line 6 is blank",)),
        (8, "none", ("line 8 is a comment",)),
    ],
)
def test_a_line_has_a_colour_and_its_facts(
    sample: Sample, line: int, status: str, facts: tuple[str, ...]
) -> None:
    sample.write(arcs=WAY)
    assert sample.line(line) == (status, facts)


def test_an_excluded_line_names_its_regex(sample: Sample) -> None:
    sample.write(arcs=WAY)
    status, facts = sample.line(9)
    assert status == "excluded"
    assert facts[0].startswith("`# pragma: no cover` on line 9 matches a built-in regex: ")


def test_without_branches_none_is_partial(sample: Sample) -> None:
    sample.write(lines=[1, 2, 3, 7, 11])
    assert sample.line(2) == ("ran", ("branches were not measured",))
    assert sample.line(4)[0] == "missing"


def test_a_way_to_an_excluded_line_does_not_count(sample: Sample) -> None:
    # BRA-05
    text = PROGRAM.replace("return [\n", "return [  # pragma: no cover\n")
    sample.write(text, arcs=WAY)
    assert sample.line(2) == ("ran", ("does not count, since line 4 is excluded: jump to line 4",))


def test_a_forgiven_branch_names_its_pattern_and_what_it_forgives(sample: Sample) -> None:
    sample.write(PROGRAM.replace("if x:", "if x:  # pragma: no branch"), arcs=WAY)
    status, facts = sample.line(2)
    assert status == "ran"
    assert facts[:2] == ("taken: jump to line 3", "not taken, but forgiven: jump to line 4")
    assert facts[2].startswith("`# pragma: no branch` on line 2 matches a built-in regex: ")


def test_a_line_that_always_raised_says_so_once(sample: Sample) -> None:
    # MSG-07
    sample.write(arcs=[(1, 1), (2, 2), (7, 7), (11, 11)])
    assert sample.line(2) == (
        "partial",
        ("line 2 didn't jump anywhere: it always raised an exception",),
    )


# ---- contexts --------------------------------------------------------------------------------


def test_the_contexts_that_ran_a_line_are_named(sample: Sample) -> None:
    other = [(2, 4), (5, -1), (11, 11)]
    sample.write(contexts={"one": WAY, "two": other, "": [(1, 1)]})
    assert sample.line(3)[1] == ("it ran in the context one",)
    assert sample.line(1)[1] == ("it ran in the contexts no context, one",)
    # A continuation line that ran counts for its statement.
    assert sample.line(4)[1] == ("it ran in the context two",)


def test_of_many_contexts_some_are_named(sample: Sample) -> None:
    sample.write(contexts={f"c{number:02}": WAY for number in range(15)})
    (fact,) = sample.line(1)[1]
    assert fact.startswith("it ran in the contexts c00, c01, ")
    assert fact.endswith(", c09, 5 more")


def test_a_line_that_ran_in_other_contexts_is_missing_and_told_why(sample: Sample) -> None:
    sample.write(contexts={"one": WAY, "two": [(11, 11)]})
    options = ExplainOptions(GatherOptions(contexts=["tw"]))
    status, facts = sample.line(3, options)
    assert status == "missing"
    assert facts[0] == "it ran, but not in contexts that match tw: only in the context one"


# ---- whole files -----------------------------------------------------------------------------


def test_a_list_has_every_missing_or_partial_line(sample: Sample) -> None:
    sample.write(PROGRAM.replace("  # pragma: no cover", ""), arcs=WAY)
    found = sample.listed()
    assert found.summary == "2 of 7 statements did not run, 1 of 2 branches not taken"
    assert [(line.line, line.status, line.facts) for line in found.lines] == [
        (2, "partial", (NOT_FALSE,)),
        (4, "missing", (NOT_FALSE,)),
        (9, "missing", (NEVER_CALLED,)),
    ]


def test_neighbours_with_the_same_reason_are_one_entry(sample: Sample) -> None:
    text = "def f():\n    a = 1\n    b = 2\n    return 3\n\ndef g():\n    a = 1\n"
    sample.write(text, lines=[1, 6])
    assert list(as_text([sample.listed()])) == [
        "a.py: 4 of 6 statements did not run",
        "  2-4  missing  the function 'f', which begins on line 1, was never called",
        "  7    missing  the function 'g', which begins on line 6, was never called",
    ]


def test_a_file_that_never_ran_says_so_once(sample: Sample) -> None:
    sample.write()
    data_file(sample.data, touch=[sample.path], lines={"": {"b.py": [1]}})
    assert list(as_text([sample.listed()])) == [
        "a.py: 6 of 6 statements did not run",
        "  - no line of a.py ran: it was never imported or run",
        "  1-11  missing",
    ]
    assert sample.explained([1]).facts == ("no line of a.py ran: it was never imported or run",)


def test_a_file_that_is_not_in_the_data_is_told_with_the_settings_to_blame(sample: Sample) -> None:
    sample.write()
    data_file(sample.data, lines={"": {"b.py": [1]}})
    seen = []

    def unmeasured(path: str) -> list[str]:
        seen.append(path)
        return ["omitted"]

    options = ExplainOptions(GatherOptions(), unmeasured=unmeasured, doubts=["a silent one"])
    found = sample.explained([1], options)
    assert found.facts == (
        "a.py is not in the data: it was not measured, or never imported or run",
        "omitted",
    )
    assert found.lines[0].facts == ()  # what is left out is left out in every process
    assert seen[0] == str(sample.path)


def test_doubts_are_told_of_lines_that_did_not_run(sample: Sample) -> None:
    sample.write(arcs=WAY)
    options = ExplainOptions(GatherOptions(), doubts=["1 Python process was not measured"])
    assert sample.line(4, options)[1] == (NOT_FALSE, "1 Python process was not measured")
    assert sample.line(3, options)[1] == ()
    assert sample.listed(options).facts == ("1 Python process was not measured",)


def test_a_file_that_changed_is_not_known(sample: Sample) -> None:
    sample.write(arcs=WAY)
    with Writer(sample.data) as writer:
        writer.add(FileRecord(str(sample.path), "", frozenset(), frozenset(WAY)))
        writer.add_sources([(str(sample.path), code_digest(PROGRAM.encode()))])
        writer.commit()
    assert sample.line(3)[0] == "ran"
    sample.path.write_text(PROGRAM.replace("return 1", "return 0"))
    changed = "a.py has changed since it was measured: nothing is known of its lines"
    assert sample.line(3) == ("unknown", ())
    assert sample.line(8) == ("none", ("line 8 is a comment",))
    assert sample.explained([3]).facts == (changed,)
    assert list(as_text([sample.listed()])) == ["a.py: not known", f"  - {changed}"]
    believing = ExplainOptions(GatherOptions(allow_changed=True))
    assert sample.line(3, believing)[0] == "ran"


# ---- mistakes --------------------------------------------------------------------------------


@pytest.mark.parametrize("line", [0, 12, 10**30])
def test_a_line_that_the_file_does_not_have_is_an_error(sample: Sample, line: int) -> None:
    sample.write(arcs=WAY)
    with pytest.raises(ReportError, match=f"a.py has 11 lines: there is no line {line}"):
        sample.explained([line])


def test_a_file_that_is_not_there_is_an_error(sample: Sample) -> None:
    sample.write(arcs=WAY)
    with pytest.raises(NoSource, match=r"b\.py"):
        sample.explained([1], name="b.py")


def test_a_file_that_does_not_parse_is_an_error_with_its_line(sample: Sample) -> None:
    sample.write("a\nb = (\n", lines=[1])
    with pytest.raises(ReportError, match=r"a\.py:2 is not Python source"):
        sample.explained([1])


def test_a_file_of_a_plugin_is_an_error(sample: Sample) -> None:
    sample.write()
    data_file(sample.data, lines={"": {str(sample.path): [1]}}, tracer="templates")
    with pytest.raises(ReportError, match="plugin templates"):
        sample.explained([1])


# ---- text and JSON ---------------------------------------------------------------------------


def test_text_has_the_line_and_a_fact_on_each_line(sample: Sample) -> None:
    sample.write(arcs=WAY)
    assert list(as_text([sample.explained([2, 6])])) == [
        "a.py:2: ran, but not all of its branches were taken",
        "    if x:",
        "  - taken: jump to line 3",
        f"  - {NOT_FALSE}",
        "",
        "a.py:6: no statement",
        "    (blank)",
        "  - line 6 is blank",
    ]


def test_json_has_the_same(sample: Sample) -> None:
    sample.write(arcs=WAY)
    found = json.loads(as_json([sample.explained([4]), sample.listed()]))
    one, all_of_it = found["files"]
    assert one["name"] == all_of_it["name"] == "a.py"
    assert one["path"] == str(sample.path)
    assert one["lines"] == [
        {"line": 4, "status": "missing", "text": "    return [", "facts": [NOT_FALSE]}
    ]
    assert [line["line"] for line in all_of_it["lines"]] == [2, 4]


def test_what_does_not_print_is_not_printed(sample: Sample) -> None:
    sample.write("a = '\x1b[31m'\n", lines=[1])
    assert list(as_text([sample.explained([1])])) == ["a.py:1: ran", "    a = '?[31m'"]


# ---- every line of every sample --------------------------------------------------------------


def colour(result: FileResult, first: int, line: int) -> str:
    if first in result.missing:
        return "missing"
    if first in result.missing_branches:
        return "partial"
    if first in result.executed:
        return "ran"
    return "excluded" if {first, line} & result.excluded else "none"


CASES = [case for case in read_cases() if case.runs_on()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_every_line_is_explained_and_has_the_colour_of_the_report(
    sample: Sample, case: Case
) -> None:
    source = Source.read(case.path)
    facts = analyze(source, Exclusions())
    arcs = {(line, line) for line in facts.statements - case.missing}
    for line, target in facts.arcs:
        taken = case.branches.get(line, {}).get(target if target > 0 else EXIT)
        if taken and line not in case.missing:
            arcs.add((line, target))
    name = str(case.path)
    data_file(sample.data, arcs={"": {name: arcs}})
    numbers = range(1, len(source.lines) + 1)
    found = sample.explained(numbers, name=name)
    with Reader(sample.data) as reader:
        (file,) = gather(reader, GatherOptions(files=[name])).files
    firsts = facts.first_lines
    expected = [colour(file.result, firsts.get(line, line), line) for line in numbers]
    assert [line.status for line in found.lines] == expected
    for one in found.lines:
        assert one.facts or one.status == "ran" or found.facts
        assert not any("nothing that could lead" in fact for fact in one.facts), one
