"""How values are read from INI, TOML and the command line."""

from __future__ import annotations

import os

import pytest

from cov_cli.kinds import BOOLEAN, FILE, INTEGER, ITEMS, NUMBER, REGEXES, TEXT


@pytest.mark.parametrize("text", ["1", "yes", "true", "on", "True", "ON"])
def test_ini_booleans_that_mean_true(text: str) -> None:
    """SYN-05."""
    assert BOOLEAN.ini(text) is True


@pytest.mark.parametrize("text", ["0", "no", "false", "off", "No", "OFF"])
def test_ini_booleans_that_mean_false(text: str) -> None:
    """SYN-05."""
    assert BOOLEAN.ini(text) is False


@pytest.mark.parametrize("text", ["ture", "", "2", "True ; x", "None"])
def test_other_ini_texts_are_no_booleans_and_are_quoted(text: str) -> None:
    """SYN-02: nothing behind a value is a comment."""
    with pytest.raises(ValueError, match=r"^not a boolean: ") as caught:
        BOOLEAN.ini(text)
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize(("value", "expected"), [(True, True), ("true", True), (False, False)])
def test_toml_booleans_may_be_strings_for_the_sake_of_substitution(
    value: object, expected: bool
) -> None:
    """SYN-06."""
    assert BOOLEAN.toml(value) is expected


@pytest.mark.parametrize("value", ["True", "yes", "1", 1, 0, [], None])
def test_toml_booleans_are_nothing_else(value: object) -> None:
    """SYN-06: neither numbers nor the many words of INI files."""
    with pytest.raises(ValueError, match="not a boolean"):
        BOOLEAN.toml(value)


@pytest.mark.parametrize(("value", "expected"), [(3, 3), ("3", 3), (-1, -1)])
def test_toml_integers_may_be_strings(value: object, expected: int) -> None:
    """SYN-07."""
    assert INTEGER.toml(value) == expected


@pytest.mark.parametrize("value", [3.0, "3.0", "x", True, []])
def test_toml_integers_are_not_floats(value: object) -> None:
    """SYN-07."""
    with pytest.raises(ValueError, match="not an integer"):
        INTEGER.toml(value)


def test_an_ini_integer_is_what_python_reads_as_one() -> None:
    """SYN-05."""
    assert INTEGER.ini(" 1_000 ") == 1000
    with pytest.raises(ValueError, match=r"not an integer: '1\.5'"):
        INTEGER.ini("1.5")


@pytest.mark.parametrize(("value", "expected"), [(3, 3.0), (1.5, 1.5), ("98.6", 98.6), (True, 1.0)])
def test_toml_numbers_are_integers_floats_numeric_strings_and_booleans(
    value: object, expected: float
) -> None:
    """SYN-07."""
    assert NUMBER.toml(value) == expected


@pytest.mark.parametrize("value", ["abc", [], None])
def test_other_toml_values_are_no_numbers(value: object) -> None:
    """SYN-07."""
    with pytest.raises(ValueError, match="not a number"):
        NUMBER.toml(value)


@pytest.mark.parametrize("value", [5, ["a"], True])
def test_a_toml_text_must_be_a_string(value: object) -> None:
    with pytest.raises(ValueError, match="not a string"):
        TEXT.toml(value)


def test_a_leading_tilde_is_expanded_in_files_from_config_files_only() -> None:
    """SYN-11; on the command line it is the shell's business."""
    home = os.path.expanduser("~")
    assert FILE.ini("~/data") == FILE.toml("~/data") == f"{home}/data"
    assert FILE.argument("~/data") == "~/data"
    assert TEXT.ini("~/data") == "~/data"


def test_ini_lists_are_split_on_newlines_and_commas() -> None:
    """SYN-04."""
    assert ITEMS.ini("\na, b\nc,,\n\nd e") == ("a", "b", "c", "d e")
    assert ITEMS.ini("") == ()


def test_ini_regexes_are_split_on_newlines_only() -> None:
    """SYN-04: commas are part of a regex."""
    assert REGEXES.ini("\na{1,2}\n\n  b  ") == ("a{1,2}", "b")


@pytest.mark.parametrize("value", ["a", [1], ["a", 2], {"a": 1}])
def test_toml_lists_need_an_array_of_strings(value: object) -> None:
    """SYN-06."""
    with pytest.raises(ValueError, match="not a list of strings"):
        ITEMS.toml(value)


def test_toml_lists_keep_their_items_as_they_are() -> None:
    assert ITEMS.toml(["a, b", " c"]) == ("a, b", " c")


def test_arguments_are_split_on_commas_without_trimming() -> None:
    """CLI-13."""
    assert ITEMS.argument("a, b,c") == ("a", " b", "c")
    assert ITEMS.argument("") == ()


def test_a_regex_that_does_not_compile_is_quoted_with_the_reason() -> None:
    """CER-03."""
    with pytest.raises(ValueError, match=r"not a regular expression: '\[': unterminated"):
        REGEXES.ini("ok\n[")
