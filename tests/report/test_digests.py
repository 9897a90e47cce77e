"""Who writes data and who reports it know a source by the same digest; they share no code."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cov_analysis.source import code_digest
from cov_data.sources import digest


@given(st.lists(st.sampled_from([b"#", b" ", b"\t", b"\n", b"\r", b"x"])).map(b"".join))
@example(b"x #")
@example(b"x # \n ")
@example(b"# \r\n##\n\t")
def test_any_text_has_one_digest_for_data_and_reports(text: bytes) -> None:
    assert digest(text) == code_digest(text)


@pytest.mark.parametrize(
    "text",
    [b"x = 1\ny = 2\n", b"", b"a # b\r\n\t#\r #", b"\xff\x00" * 999],
    ids=["plain", "empty", "comments", "binary"],
)
def test_data_and_reports_have_one_digest(text: bytes) -> None:
    assert digest(text) == code_digest(text)
