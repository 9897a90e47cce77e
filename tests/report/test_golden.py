"""Reports of a small project, byte for byte as coverage.py 7.17.3 makes them."""

from __future__ import annotations

from pathlib import Path

import pytest
from report.golden import (
    FOLDER,
    PROJECT,
    SITUATIONS,
    Situation,
    by_coverage_py,
    comparable,
    expected,
    recorded,
)
from report.samples import data_file

from cov_data import Reader
from cov_report import GatherOptions, MemoryOutput, ReportOptions, gather, write_report


def by_us(situation: Situation, data: Path) -> str:
    files, executed = recorded(situation.branches)
    placed = {
        context: {str(PROJECT / name): facts for name, facts in by_file.items()}
        for context, by_file in executed.items()
    }
    if situation.branches:
        arcs = {c: {n: map(tuple, f) for n, f in by_file.items()} for c, by_file in placed.items()}
        data_file(data, arcs=arcs, touch=files)
    else:
        data_file(data, lines=placed, touch=files)
    output = MemoryOutput()
    with Reader(data) as reader:
        report = gather(
            reader,
            GatherOptions(
                contexts=situation.contexts,
                files=situation.files,
                show_contexts=situation.show_contexts,
            ),
        )
    name = write_report(report, situation.format, output, ReportOptions(**situation.options))
    text = output.files[name]
    return comparable(text) if situation.format == "json" else text


@pytest.mark.parametrize("name", SITUATIONS)
def test_a_report_is_what_it_was(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PROJECT)
    golden = expected(name).read_bytes().decode("utf-8")
    assert by_us(SITUATIONS[name], tmp_path / "data") == golden


@pytest.mark.parametrize("name", SITUATIONS)
def test_coverage_py_still_makes_the_same_of_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On every Python: else the files would hold what one of them analyses differently."""
    monkeypatch.chdir(PROJECT)
    golden = expected(name).read_bytes().decode("utf-8")
    assert by_coverage_py(SITUATIONS[name], tmp_path / "data") == golden


def test_there_is_no_golden_file_without_a_situation() -> None:
    assert set((FOLDER / "expected").iterdir()) == {expected(name) for name in SITUATIONS}
