"""Every sample program, under an obvious tracer, gives what its marks say."""

from __future__ import annotations

import dis
import linecache
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest
from support.cases import EXIT, Case, read_case, read_cases, ways

from cov_analysis import Source, analyze, measure

CASES = [case for case in read_cases() if case.runs_on()]

# PEP 765: jumps out of a finally are still allowed.
pytestmark = pytest.mark.filterwarnings("ignore:'(break|continue|return)' in a:SyntaxWarning")

# Instructions that a frame stands on when it is left. Most others are exceptions passing through.
# (3.13 is one further on when it tells of a yield: at RESUME.)
SUSPENDS = {"YIELD_VALUE", "RETURN_GENERATOR", "RESUME"}
# Left as the source says: by a return, or by a raise statement.
LEAVES = {"RETURN_VALUE", "RETURN_CONST", "RAISE_VARARGS"}
# Left by an exception that a finally or a with has held up, which came to its end as ever. It is no
# line of anybody's, but 3.11 gives it the one before it, which need not have run.
GOES_ON = "RERAISE"
NOBODY = 0  # a line that nothing comes from


# Lines that have instructions of what is not there: of neighbours that do not run, of an inlined
# comprehension or an await that an exception goes through, of a class body's annotations. It takes
# more than the obvious to know them: see tests/tracer, which runs all samples.
BEYOND_IT = {
    "async/async_with_if_last": sys.version_info < (3, 12),
    "async/async_with_if_last_never": sys.version_info < (3, 12),
    "async/async_with_loops_last": sys.version_info < (3, 12),
    "async/async_with_nested_if_last": sys.version_info < (3, 12),
    "try/try_in_named_handler_last": sys.version_info < (3, 12),
    "try/try_finally_returns_behind_jump": True,
    "try/try_finally_bare_annotation": True,
    "try/try_if_comprehension_raises_and_finally": sys.version_info >= (3, 12),
    "match/match_ends_with_block": sys.version_info >= (3, 13),
    "try/try_finally_star_if_last_with_value": sys.version_info < (3, 11, 4),
    "try/try_star_if_last_of_function": sys.version_info < (3, 11, 4),
    "match/match_if_in_case": sys.version_info < (3, 11, 4),
    "match/match_leaves_in_case": sys.version_info < (3, 11, 4),
    "async/async_for_thrown_into_in_finally": sys.version_info >= (3, 13),
    "classes/class_one_line_decorated_annotated": sys.version_info >= (3, 14),
}


def case_parameter(case: Case) -> Any:
    marks = [pytest.mark.xfail(strict=True)] if BEYOND_IT.get(case.name) else []
    return pytest.param(case, id=case.name, marks=marks)


class ObviousTracer:
    """Lines, and pairs of consecutive lines of one frame, of one file."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.lines: set[int] = set()
        self.arcs: set[tuple[int, int]] = set()
        self._last: dict[FrameType, int] = {}
        self._raised: dict[FrameType, int] = {}  # the line of a raise statement that is under way
        self._bytecode: dict[CodeType, bytes] = {}

    def trace(self, frame: FrameType, event: str, arg: object) -> Callable[..., Any] | None:
        code = frame.f_code
        # What makes type parameters (PEP 695) is a scope of the compiler's, nobody's function.
        if code.co_filename != self.path or code.co_name.startswith("<generic parameters of "):
            return None
        if event == "call":
            # A resumed generator is called as well; it goes on from its last line.
            self._last.setdefault(frame, -frame.f_code.co_firstlineno)
        elif event == "line" and self._operation(frame) != GOES_ON:
            self._line(frame, frame.f_lineno)
        elif event == "exception" and not self._goes_nowhere(frame, arg):
            raised = self._operation(frame) == "RAISE_VARARGS" and not self._fails(frame, arg)
            self._raised[frame] = frame.f_lineno if raised else NOBODY
        elif event == "return":
            self._leave(frame)
        return self.trace

    def _line(self, frame: FrameType, line: int) -> None:
        self.lines.add(line)
        if self._is_handler(frame):
            # An exception brought it here. Only a raise statement is a way of the program's own: of
            # a bare one, and of a finally that lets it go on, no event tells.
            self._last[frame] = self._raised.get(frame, self._last[frame])
            if self._is(line, r"(async )?with\b"):
                self._last[frame] = NOBODY
                return
        elif self._is(line, r"except\s*\*"):
            return  # asked for what is left of a group: nobody goes there
        self._raised.pop(frame, None)
        self.arcs.add((self._last[frame], line))
        self._last[frame] = line

    def _leave(self, frame: FrameType) -> None:
        operation = self._operation(frame)
        if operation not in SUSPENDS:
            last = self._last.pop(frame)
            raised = self._raised.pop(frame, last)
            if raised or operation == GOES_ON:
                last = raised
            failed = operation == "RAISE_VARARGS" and raised == NOBODY
            if operation == GOES_ON or (operation in LEAVES and not failed):
                self.arcs.add((last, -frame.f_code.co_firstlineno))

    def _fails(self, frame: FrameType, raised: Any) -> bool:
        """Whether it is an assert's exception, which is raised as that of a raise statement is."""
        return raised[0] is AssertionError and self._is(frame.f_lineno, r".*\bassert\b")

    def _goes_nowhere(self, frame: FrameType, raised: Any) -> bool:
        """Whether it is told of already, or is the end of an iterator."""
        operation = self._operation(frame)
        ends = raised[0] in (StopIteration, StopAsyncIteration)
        return operation == GOES_ON or (ends and operation in ("FOR_ITER", "SEND"))

    def _is_handler(self, frame: FrameType) -> bool:
        return "PUSH_EXC_INFO" in (self._operation(frame), self._operation(frame, -2))

    def _operation(self, frame: FrameType, offset: int = 0) -> str:
        code = frame.f_code
        bytecode = self._bytecode.setdefault(code, code.co_code)
        return dis.opname[bytecode[max(frame.f_lasti + offset, 0)]]

    def _is(self, line: int, pattern: str) -> bool:
        return bool(re.match(rf"\s*{pattern}", linecache.getline(self.path, line)))


def run_traced(path: Path) -> ObviousTracer:
    tracer = ObviousTracer(str(path))
    code = compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
    before, before_in_threads = sys.gettrace(), threading.gettrace()
    sys.settrace(tracer.trace)
    threading.settrace(tracer.trace)
    try:
        exec(code, {"__name__": "__main__"})
    finally:
        sys.settrace(before)
        threading.settrace(before_in_threads)
    return tracer


@pytest.mark.parametrize("case", [case_parameter(case) for case in CASES])
def test_a_sample_program_gives_the_facts_marked_beside_its_lines(case: Case) -> None:
    tracer = run_traced(case.path)
    facts = analyze(Source.read(case.path))
    result = measure(facts, tracer.lines, tracer.arcs)
    assert sorted(result.missing) == sorted(case.missing)
    assert sorted(result.statements) == sorted(case.statements)
    assert ways(result.executed_branches, result.missing_branches) == case.branches


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_regions_of_a_sample_add_up_to_the_file(case: Case) -> None:
    tracer = run_traced(case.path)
    facts = analyze(Source.read(case.path))
    result = measure(facts, tracer.lines, tracer.arcs)
    for kind in ("function", "class"):
        regions = [region.lines for region in facts.regions if region.kind == kind]
        claimed = set().union(*regions)
        assert len(claimed) == sum(map(len, regions)), "regions of a kind share no line"
        unnamed = (result.statements | result.excluded) - claimed
        parts = [result.narrow(lines).totals for lines in [*regions, unnamed]]
        outside = {line for line in result.branch_counts if line not in claimed | unnamed}
        assert sum(parts, result.narrow(outside).totals) == result.totals


def test_marks_are_read_from_comments(tmp_path: Path) -> None:
    path = tmp_path / "sample.py"
    path.write_text(
        "# An if without else.\n# It is never true.\n# python: >=3.11,<3.14\n"
        "if x:  # branch: 5 missed, exit taken\n    y = 1  # missed\n"
        "while z:  # pragma: no branch  # missed; branch: 7 taken\n    pass\n"
    )
    case = read_case(path)
    assert case.title == "An if without else."
    assert case.versions == ((3, 11), (3, 14))
    assert case.missing == {5, 6}
    assert case.branches == {4: {5: False, EXIT: True}, 6: {7: True}}
    assert case.runs_on((3, 13))
    assert not case.runs_on((3, 14))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("# No version.\nx = 1\n", id="no version"),
        pytest.param("# A\n# python: 3.11\nx = 1\n", id="bad version"),
        pytest.param("# A\n# python: >=3.11\nif x:  # branch: 5 gone\n", id="bad way"),
    ],
)
def test_a_sample_that_says_nothing_sensible_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sample.py"
    path.write_text(text)
    with pytest.raises(ValueError, match=r"sample\.py"):
        read_case(path)
