"""Formats by name."""

from __future__ import annotations

from pathlib import Path

import pytest
from report.samples import report, statements

from cov_report import FORMATS, MemoryOutput, Output, ReportError, ReportOptions, write_report

TREE = report(statements("a.py", 2, missing=1))


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_says_where_it_goes_and_writes_there(format: str) -> None:
    output = MemoryOutput()
    name = write_report(TREE, format, output)
    assert name == FORMATS[format].default_output
    assert list(output.files) == [name]
    assert "50" in output.files[name]
    assert FORMATS[format].help


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_can_go_elsewhere(format: str, tmp_path: Path) -> None:
    target = str(tmp_path / "there")
    assert write_report(TREE, format, Output(), ReportOptions(output=target)) == target
    assert "50" in (tmp_path / "there").read_text("utf-8")


def test_without_an_output_it_is_written_for_real(capsys: pytest.CaptureFixture[str]) -> None:
    assert write_report(TREE, "total") == "-"
    assert capsys.readouterr().out == "50\n"


def test_an_unknown_format_is_refused_with_those_there_are() -> None:
    with pytest.raises(ReportError, match=r"'zip'.*text, markdown, total, json"):
        write_report(TREE, "zip")


@pytest.mark.parametrize("format", FORMATS)
def test_a_report_that_cannot_be_laid_out_leaves_no_file(format: str, tmp_path: Path) -> None:
    """REP-13: options are found wrong before anything is written."""
    options = ReportOptions(output=str(tmp_path / "there"), precision=-1)
    with pytest.raises(ReportError, match="precision"):
        write_report(TREE, format, Output(), options)
    assert list(tmp_path.iterdir()) == []
