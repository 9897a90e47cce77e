"""The samples about which docs/differences.md says that coverage.py is wrong, and no others.

What is true stands beside the lines of the samples in tests/cases, and tests/tracer holds us to it.
Here coverage.py runs all of them, and differs where it is known to.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from support.cases import Case, read_cases, reported_ways

HERE = Path(__file__).parent
DOCUMENT = HERE.parents[1] / "docs" / "differences.md"
SAMPLES = {case.name: case for case in read_cases() if case.runs_on()}
# sysmon measures branches from 3.14 on.
CORES = ("sysmon", "ctrace") if sys.version_info >= (3, 14) else ("ctrace",)

BOTH = frozenset({"sysmon", "ctrace"})
EVENTS = frozenset({"sysmon"})
TRACE = frozenset({"ctrace"})

KNOWN = {
    "activations/interleaved_generators": EVENTS,
    "activations/interleaved_threads": EVENTS,
    "activations/recursion": EVENTS,
    "async/async_for_raises": EVENTS,
    "async/async_for_thrown_into_in_finally": BOTH,
    "async/async_with_on_lines_one_line_return": BOTH,
    "conditions/if_one_line_return_raises": BOTH,
    "classes/class_one_line_decorated_raises": BOTH,
    "conditions/assert_in_if": EVENTS,
    "async/async_for_one_line_raise": EVENTS,
    "conditions/if_one_line_call_raises": EVENTS,
    "conditions/if_one_line_or_raises": EVENTS,
    "conditions/if_one_line_raise": EVENTS,
    "constants/elif_and_false": BOTH,
    "constants/elif_or_true": BOTH,
    "constants/if_conditional": BOTH,
    "constants/if_or_true": BOTH,
    "constants/if_true_or": BOTH,
    "constants/while_constant_string": BOTH,
    "constants/while_or_true": BOTH,
    "exceptions/assert_fails_then_line": EVENTS,
    "exceptions/escaped_exception": EVENTS,
    "exceptions/exception_out_of_branch": TRACE,
    "exceptions/finally_if_false_while_raising": EVENTS,
    "exceptions/finally_loop_ends_while_raising": EVENTS,
    "exceptions/for_raises_in_try_finally": BOTH,
    "exceptions/raise_with_conditional_value": EVENTS,
    "exceptions/with_exception": BOTH,
    "functions/one_line_bare_raise": EVENTS,
    "functions/one_line_behind_long_header": BOTH,
    "functions/one_line_raise": EVENTS,
    "functions/one_line_raises_before_raise": TRACE,
    "layout/form_feed_in_indentation": BOTH,
    "layout/form_feeds": BOTH,
    "loops/while_true_else": BOTH,
    "match/match_guard_always": BOTH,
    "match/match_guard_never": BOTH,
    "match/match_or_wildcard_named": BOTH,
    "statements/annotate_by_hand": BOTH,
    "statements/docstring_on_def_line": BOTH,
    "try/try_finally_returns_behind_jump": BOTH,
    "try/try_if_comprehension_raises_and_finally": BOTH,
    "try/try_if_raises_and_finally": BOTH,
    "try/try_raise_one_line_if": EVENTS,
    "with/with_body_without_code": BOTH,
    "with/with_suppress_if": BOTH,
    "with/with_suppress_one_line_class": BOTH,
    "with/with_suppress_loop_body_if": BOTH,
}
if sys.version_info >= (3, 12):
    KNOWN["versions/type_parameters_one_line"] = BOTH
if sys.version_info >= (3, 13):
    KNOWN["match/match_ends_with_block"] = BOTH
if sys.version_info < (3, 14):
    KNOWN |= dict.fromkeys(
        ("constants/if_arithmetic", "constants/if_negative", "constants/if_not_empty_tuple"), TRACE
    )
    KNOWN["try/try_star_raises_before_next_clause"] = TRACE
else:
    KNOWN["classes/class_one_line_decorated_annotated"] = BOTH
    KNOWN["try/try_star_if_for"] = EVENTS
if not (3, 13) <= sys.version_info < (3, 14):
    KNOWN["try/try_finally_star_if_last_with_value"] = BOTH
if not (3, 12) <= sys.version_info < (3, 14):
    KNOWN["constants/dropped_function"] = BOTH
    KNOWN["try/try_star_if_last_of_function"] = BOTH
if sys.version_info < (3, 12):
    KNOWN["exceptions/finally_if_false_while_raising"] = BOTH
    KNOWN["generators/throw_ends_what_is_awaited"] = BOTH
    KNOWN["constants/dropped_class"] = TRACE
    KNOWN["async/async_with_if_last"] = TRACE
    KNOWN["async/async_with_if_last_never"] = TRACE
    KNOWN["async/async_with_loops_last"] = TRACE
    KNOWN["async/async_with_nested_if_last"] = TRACE
    KNOWN["try/try_finally_dead_end"] = TRACE
    KNOWN["try/try_finally_match_last_conditional"] = TRACE
    KNOWN["try/try_finally_match_last_while_raising"] = TRACE
    KNOWN["try/try_in_named_handler_last"] = TRACE
if sys.version_info < (3, 11, 4):
    KNOWN["match/match_if_in_case"] = TRACE
    KNOWN["match/match_leaves_in_case"] = TRACE


@cache
def reports(core: str) -> dict[str, dict[str, Any] | None]:
    """Its report on each sample, by name."""
    environment = {**os.environ, "COVERAGE_CORE": core}
    environment.pop("COV_SETTINGS", None)
    with TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, str(HERE / "say_of_coverage.py"), folder],
            input="\n".join(str(case.path) for case in SAMPLES.values()),
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return dict(zip(SAMPLES, json.loads(done.stdout.splitlines()[-1]).values(), strict=True))


def differs(case: Case, said: dict[str, Any] | None) -> bool:
    if said is None:
        return True
    return (
        set(said["missing_lines"]) != case.missing
        or {*said["executed_lines"], *said["missing_lines"]} != case.statements
        or reported_ways(said) != case.branches
    )


@pytest.mark.parametrize("core", CORES)
def test_coverage_is_wrong_about_these_samples_and_no_others(core: str) -> None:
    said = reports(core)
    found = {name for name, case in SAMPLES.items() if differs(case, said[name])}
    assert found == {name for name in SAMPLES if core in KNOWN.get(name, ())}


def test_coverage_counts_forgiven_lines_that_did_not_run() -> None:
    """REX-05, LIM-33"""
    said = reports("ctrace")["pragmas/forgiven_never_run"]
    assert said is not None
    assert said["summary"]["num_branches"] == said["summary"]["covered_branches"] == 2


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_the_document_names_the_sample(name: str) -> None:
    assert f"`tests/cases/{name}.py`" in DOCUMENT.read_text(encoding="utf-8")
