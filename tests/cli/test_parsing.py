"""The command line of a verb."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cov_cli.errors import UsageError
from cov_cli.options import options_of
from cov_cli.parsing import Parser


def read(verb: str, *words: str) -> tuple[dict[str, object], list[str]]:
    found = Parser(verb).read(words)
    return found.settings, found.args


def refusal(verb: str, *words: str) -> str:
    with pytest.raises(UsageError) as caught:
        read(verb, *words)
    assert caught.value.verb == verb
    return str(caught.value)


def test_nothing_given_is_nothing_set() -> None:
    assert read("report") == ({}, [])


def test_values_follow_their_flag_or_an_equals_sign() -> None:
    """CLI-06."""
    expected = {"report_omit": ("a", "b"), "precision": 2}
    assert read("report", "--omit=a,b", "--precision", "2") == (expected, [])


def test_long_flags_may_be_shortened_if_it_is_clear_what_is_meant() -> None:
    """CLI-06."""
    assert read("run", "--par", "x.py") == ({"parallel": True}, ["x.py"])
    assert read("report", "--keep") == ({"keep_combined": True}, [])
    message = refusal("report", "--skip")
    assert "--skip-covered" in message
    assert "--skip-empty" in message


def test_short_flags_may_be_bundled() -> None:
    """CLI-06."""
    assert read("run", "-ap", "x.py") == ({"append": True, "parallel": True}, ["x.py"])
    assert read("report", "-mi") == ({"show_missing": True, "ignore_errors": True}, [])


def test_options_may_follow_the_files_of_a_report() -> None:
    """coverage.py would look for a file called -m (CLI-05)."""
    assert read("report", "a.py", "-m", "b.py") == ({"show_missing": True}, ["a.py", "b.py"])


def test_two_dashes_end_the_options() -> None:
    assert read("report", "-i", "--", "-m", "--") == ({"ignore_errors": True}, ["-m", "--"])


@pytest.mark.parametrize(
    "program",
    [
        ["x.py", "--branch", "-m", "--co", "--", "-h"],
        ["-", "--help"],
    ],
)
def test_behind_the_program_of_run_nothing_is_ours(program: list[str]) -> None:
    """RUN-01; `--co` would be ambiguous."""
    assert read("run", "--branch", *program) == ({"branch": True}, program)


def test_a_value_is_not_taken_for_the_program_of_run() -> None:
    words = ["--source", "src", "--cont", "x", "--data-file=d", "-m", "pkg", "-m"]
    settings, args = read("run", *words)
    assert settings == {"source": ("src",), "context": "x", "data_file": "d", "module": True}
    assert args == ["pkg", "-m"]


def test_a_value_may_look_like_an_option() -> None:
    assert read("report", "--omit", "-m", "--fail-under", "-1") == (
        {"report_omit": ("-m",), "fail_under": -1.0},
        [],
    )


def test_the_value_of_a_short_flag_may_stand_in_the_same_word() -> None:
    expected: dict[str, object] = {"ignore_errors": True, "json_output": "x"}
    for words in (["-i", "-o", "x"], ["-iox"], ["-io", "x"], ["-ox", "-i"]):
        assert read("json", *words) == (expected, [])


@pytest.mark.parametrize("words", [["-h"], ["a.py", "--help"], ["-mh"], ["--hel"]])
def test_help_may_be_asked_for_anywhere(words: list[str]) -> None:
    """OPT-11."""
    assert Parser("report").read(words).help


def test_help_fits_the_width_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = Parser("report")
    parser.epilog = "last words " * 20
    for columns, width in (("60", 60), ("", 100), ("1", 40), ("wide", 100)):
        monkeypatch.setenv("COLUMNS", columns)
        text = parser.format_help()
        assert max(map(len, text.splitlines())) <= max(width, 60)
        assert text.startswith("usage: cov report [options] [FILE]...\n\nShow what ran")
        assert text.rstrip().endswith("last words")


def test_two_dashes_may_stand_before_the_program_of_run() -> None:
    assert read("run", "--branch", "--", "x.py", "--", "y") == (
        {"branch": True},
        ["x.py", "--", "y"],
    )


def test_the_last_of_opposite_flags_wins() -> None:
    """OPT-28."""
    assert read("report", "--skip-covered", "--no-skip-covered") == ({"skip_covered": False}, [])
    assert read("report", "--no-skip-covered", "--skip-covered") == ({"skip_covered": True}, [])


def test_the_same_flag_is_another_setting_for_another_verb() -> None:
    """OPT-13, OPT-17, OPT-18."""
    assert read("run", "--include=a", "-m") == ({"run_include": ("a",), "module": True}, [])
    assert read("report", "--include=a", "-m") == (
        {"report_include": ("a",), "show_missing": True},
        [],
    )


def test_an_empty_list_counts_as_not_given() -> None:
    """CLI-13."""
    assert read("report", "--omit=", "--rcfile=") == ({"rcfile": ""}, [])


@pytest.mark.parametrize(
    ("words", "culprits"),
    [
        (["--nope"], ["no such option: --nope"]),
        (["a.py", "--nope=1"], ["no such option: --nope"]),
        (["-z"], ["no such option: -z"]),
        (["--precision=x"], ["--precision", "not an integer: 'x'"]),
        (["--fail-under=x"], ["--fail-under", "not a number: 'x'"]),
        (["--omit"], ["--omit needs a value, PAT1,PAT2,..."]),
        (["--show-missing=yes"], ["--show-missing takes no value: 'yes'"]),
        (["-mzi"], ["no such option: -z in -mzi"]),
    ],
)
def test_usage_errors_name_the_culprit(words: list[str], culprits: list[str]) -> None:
    """CLI-07."""
    message = refusal("report", *words)
    assert all(culprit in message for culprit in culprits), message


def test_a_lone_dash_is_an_argument() -> None:
    assert read("combine", "-") == ({}, ["-"])


WORDS = [flag for verb in ("run", "report") for row in options_of(verb) for flag in row.flags]


@given(
    st.sampled_from(["run", "report", "combine", "help"]),
    st.lists(st.sampled_from([*WORDS, "-", "--", "--=", "-=", "2"]) | st.text(max_size=5)),
)
def test_any_words_are_understood_or_refused(verb: str, words: list[str]) -> None:
    """Nothing but UsageError, and no positional argument is invented or lost from the end."""
    try:
        found = Parser(verb).read(words)
    except UsageError as error:
        assert "\n" not in str(error) or any("\n" in word for word in words)
        return
    assert all(word in words for word in found.args)
    if verb == "run" and found.args:
        assert words[-len(found.args) :] == found.args
