"""Variables in settings (SYN-08, SYN-09)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cov_cli.substitution import substitute

VARIABLES = {"HERE": "here", "EMPTY": "", "1": "one", "A_1": "mixed"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$HERE", "here"),
        ("a${HERE}b", "ahereb"),
        ("$HERE/x", "here/x"),
        ("$1", "one"),
        ("$A_1", "mixed"),
        ("$NONE", ""),
        ("${NONE}", ""),
        ("${NONE-some text, $x}", "some text, $x"),
        ("${NONE-}", ""),
        ("${EMPTY-text}", ""),
        ("${HERE?}", "here"),
        ("$$", "$"),
        ("$$HERE", "$HERE"),
        ("raise$", "raise$"),
        ("^a$|^b$", "^a$|^b$"),
        ("${HERE", "${HERE"),
        ("${}", "${}"),
    ],
)
def test_variables_are_replaced(text: str, expected: str) -> None:
    """SYN-08."""
    assert substitute(text, VARIABLES) == expected


def test_a_required_variable_that_is_undefined_is_named_with_the_whole_value() -> None:
    """SYN-09."""
    with pytest.raises(ValueError, match=r"variable NONE is not defined: 'a \$\{NONE\?\} b'"):
        substitute("a ${NONE?} b", VARIABLES)


@given(st.text())
def test_a_text_with_its_dollars_doubled_comes_out_as_it_was(text: str) -> None:
    assert substitute(text.replace("$", "$$"), VARIABLES) == text
