"""Settings that make no sense are refused before any work, those we cannot honour are told."""

from __future__ import annotations

import pytest
from cli.running import Project

from cov_cli.checks import check_options
from cov_cli.errors import ConfigError, UsageError
from cov_cli.options import Options


def refusal(verb: str, **values: object) -> str:
    with pytest.raises(ConfigError) as caught:
        check_options(Options(values, dict.fromkeys(values, "here")), verb)
    return str(caught.value)


@pytest.mark.parametrize("verb", ["run", "combine", "report", "json", "erase"])
def test_concurrency_is_checked_for_every_verb(verb: str) -> None:
    """CER-04."""
    message = refusal(verb, concurrency=("thread", "z", "a"))
    assert message == (
        "here: no such concurrency: 'a', 'z'; it is one of "
        "multiprocessing, thread, eventlet, gevent, greenlet"
    )
    message = refusal(verb, concurrency=("thread", "greenlet", "gevent"))
    assert message == "here: only one of these libraries can be in use: gevent, greenlet"


@pytest.mark.parametrize(
    ("name", "value", "culprit"),
    [
        ("core", "fast", "no such core: 'fast'"),
        ("dynamic_context", "test", "no such dynamic_context: 'test'"),
        ("patch", ("fork", "exec"), "no such patch: 'exec'"),
        ("source_dirs", ("nowhere",), "not a directory: 'nowhere'"),
        ("source_dirs", ("/",), "a whole file system cannot be a source: '/'"),
        ("source", ("/",), "a whole file system cannot be a source: '/'"),
    ],
)
def test_what_only_run_uses_is_checked_only_for_run(
    project: Project, name: str, value: object, culprit: str
) -> None:
    """CER-07, CER-08, UNX-08."""
    assert refusal("run", **{name: value}).startswith(f"here: {culprit}")
    assert check_options(Options({name: value}), "report") == ()


@pytest.mark.parametrize(
    ("name", "value", "culprit"),
    [
        ("sort", "size", "no such column: 'size'"),
        ("sort", "--name", "no such column: '--name'"),
        ("sort", "-", "no such column: '-'"),
        ("format", "html", "no such format: 'html'"),
        ("precision", -1, "not between 0 and 100: -1"),
        ("precision", 10**11, "not between 0 and 100: 100000000000"),
        ("fail_under", 100.5, "not between 0 and 100: 100.5"),
        ("fail_under", -1.0, "not between 0 and 100: -1.0"),
        ("fail_under", float("nan"), "not between 0 and 100: nan"),
        ("contexts", ("[",), "not a regular expression: '['"),
    ],
)
def test_what_only_reports_use_is_checked_only_for_reports(
    name: str, value: object, culprit: str
) -> None:
    """CER-13, CER-14, LIM-50."""
    assert refusal("report", **{name: value}).startswith(f"here: {culprit}")
    assert check_options(Options({name: value}), "run") == ()


@pytest.mark.parametrize("sort", ["name", "Stmts", "-MISS", "+cover", "-branch", "brpart"])
def test_columns_may_have_any_case_and_a_sign(sort: str) -> None:
    """SET-40."""
    assert check_options(Options({"sort": sort}), "report") == ()


@pytest.mark.parametrize(
    ("verb", "name"),
    [
        ("run", "run_include"),
        ("run", "run_omit"),
        ("report", "report_include"),
        ("json", "report_omit"),
    ],
)
def test_a_bad_pattern_is_refused_with_the_pattern(verb: str, name: str) -> None:
    """CER-09."""
    message = refusal(verb, **{name: ("ok/*", "x**")})
    assert message.startswith("here: 'x**': ")


def test_append_makes_no_sense_with_parallel_files() -> None:
    """RUN-05."""
    options = Options({"append": True, "parallel": True}, {"parallel": ".coveragerc: [run] patch"})
    with pytest.raises(UsageError, match=r"--append .*\(set by \.coveragerc: \[run\] patch\)"):
        check_options(options, "run")


def test_a_save_signal_is_one_of_two() -> None:
    """OPT-26."""
    with pytest.raises(UsageError, match="--save-signal: not USR1 or USR2: 'HUP'"):
        check_options(Options({"save_signal": "HUP"}), "run")


def test_plugins_are_warned_about_where_they_would_count() -> None:
    options = Options({"plugins": ("a", "b")}, {"plugins": ".coveragerc: [run] plugins"})
    expected = (
        ".coveragerc: [run] plugins: plugins are not supported yet, not loaded: a, b "
        "(not-supported)"
    )
    assert check_options(options, "run") == (expected,)
    assert check_options(options, "report") == (expected,)
    assert check_options(options, "erase") == ()


def test_dynamic_contexts_are_warned_about_when_measuring() -> None:
    options = Options({"dynamic_context": "test_function"}, {"dynamic_context": "here"})
    (warning,) = check_options(options, "run")
    assert warning.startswith("here: test_function is not supported yet")
    assert check_options(Options({"dynamic_context": "none"}), "run") == ()
