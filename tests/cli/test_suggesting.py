"""What was meant by a name that there is not: near ones only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cov_cli.suggesting import nearest, suggestion

FLAGS = ["--append", "--branch", "--data-file", "--include", "--no-branch", "--omit", "--source"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("--brnach", "--branch"),
        ("--branhc", "--branch"),
        ("--brnch", "--branch"),
        ("--brannch", "--branch"),
        ("--Branch", "--branch"),
        ("--data_file", "--data-file"),
        ("--datafile", "--data-file"),
        ("--sauce", ""),
        ("--inc", "--include"),
        ("--nope", ""),
        ("--x", ""),
        ("", ""),
    ],
)
def test_the_nearest_name_is_meant_if_it_is_near(typed: str, meant: str) -> None:
    assert nearest(typed, FLAGS) == meant


def test_a_suggestion_goes_behind_a_message() -> None:
    assert suggestion("brunch", ["branch"]) == "; did you mean branch?"
    assert suggestion("brunch", ["source"]) == ""
    assert suggestion("brunch", []) == ""


@given(st.text("abc-_", min_size=1), st.lists(st.text("abc-_", min_size=1)))
def test_who_makes_no_mistake_is_taken_at_his_word(name: str, others: list[str]) -> None:
    meant = nearest(name, [name, *others])
    assert meant.replace("-", "_") == name.replace("-", "_")
