"""Records and sources joined into a report."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from report.samples import BRANCHY, data_file

from cov_analysis import Exclusions
from cov_data import DataError, Reader
from cov_report import GatherOptions, NoData, NoSource, Report, ReportError, gather


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current directory, with three sources: a.py, b.py and pkg/c.py."""
    folder = tmp_path.resolve() / "project"
    (folder / "pkg").mkdir(parents=True)
    for name in ("a.py", "b.py", "pkg/c.py"):
        (folder / name).write_text(BRANCHY)
    monkeypatch.chdir(folder)
    return folder


def gathered(data: Path, options: GatherOptions | None = None) -> Report:
    with Reader(data) as reader:
        return gather(reader, options)


def lines_of(project: Path, *names: str, lines: tuple[int, ...] = (1, 2, 3, 6)) -> Path:
    found = {str(project / name): lines for name in names}
    return data_file(project / "data", lines={"": found})


def names(report: Report) -> list[str]:
    return [file.name for file in report.files]


def test_records_are_joined_with_what_the_sources_say(project: Path) -> None:
    report = gathered(lines_of(project, "a.py", "pkg/c.py"))
    assert names(report) == ["a.py", "pkg/c.py"]
    assert report.files[1].path == str(project / "pkg" / "c.py")
    assert [sorted(file.result.missing) for file in report.files] == [[5], [5]]
    assert (report.totals.statements, report.totals.missing) == (10, 2)
    assert report.totals.percent == 80.0
    assert not report.has_branches


def test_branches_are_reported_when_they_were_measured(project: Path) -> None:
    data = data_file(project / "data", arcs={"": {str(project / "a.py"): [(1, 1), (2, 3), (6, 6)]}})
    report = gathered(data)
    assert report.has_branches
    (file,) = report.files
    assert file.result.executed_branches == {2: [3]}
    assert file.result.missing_branches == {2: [5]}
    assert sorted(file.result.missing) == [5]


def test_files_without_data_are_reported_as_not_executed(project: Path) -> None:
    data = data_file(project / "data", touch=[str(project / "b.py")])
    assert gathered(data).totals.percent == 0.0


def test_names_are_relative_to_the_current_directory_if_below_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GLB-01."""
    data = lines_of(project, "a.py", "pkg/c.py")
    monkeypatch.chdir("pkg")
    assert names(gathered(data)) == [str(project / "a.py"), "c.py"]


def test_names_recorded_relative_are_looked_up_from_the_current_directory(project: Path) -> None:
    report = gathered(data_file(project / "data", lines={"": {"pkg/c.py": [1]}}))
    assert names(report) == ["pkg/c.py"]
    assert report.files[0].path == str(project / "pkg" / "c.py")


def test_files_are_in_the_order_of_their_absolute_names(project: Path) -> None:
    """REP-08."""
    data = lines_of(project, "b.py", "pkg/c.py", "a.py")
    options = GatherOptions(files=["./pkg/c.py", "./a.py", "b.py"])
    assert names(gathered(data, options)) == ["./a.py", "b.py", "./pkg/c.py"]


def test_only_selected_files_are_reported(project: Path) -> None:
    """REP-10: selection is by the name as recorded."""
    asked: list[str] = []

    def selects(name: str) -> bool:
        asked.append(name)
        return name.endswith("a.py")

    data = lines_of(project, "a.py", "b.py")
    assert names(gathered(data, GatherOptions(selects=selects))) == ["a.py"]
    assert asked == [str(project / "a.py"), str(project / "b.py")]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("a.py", "a.py"),
        ("./a.py", "./a.py"),
        ("pkg/../a.py", "pkg/../a.py"),
        ("../project/a.py", "../project/a.py"),
        ("{here}/a.py", "a.py"),
    ],
)
def test_files_can_be_asked_for_and_keep_the_name_as_typed(
    project: Path, typed: str, shown: str
) -> None:
    """REP-01, REP-02."""
    data = lines_of(project, "a.py", "b.py")
    report = gathered(data, GatherOptions(files=[typed.format(here=project)]))
    assert names(report) == [shown]
    assert report.totals.missing == 1


def test_a_file_asked_for_that_was_never_measured_is_at_zero(project: Path) -> None:
    report = gathered(lines_of(project, "a.py"), GatherOptions(files=["b.py"]))
    assert (names(report), report.totals.percent) == (["b.py"], 0.0)


def test_a_file_asked_for_twice_counts_once(project: Path) -> None:
    """Unlike coverage.py, which doubles the totals."""
    data = lines_of(project, "a.py")
    report = gathered(data, GatherOptions(files=["a.py", "./a.py", "a.py"]))
    assert (names(report), report.totals.statements) == (["a.py"], 5)


def test_a_file_asked_for_has_to_be_selected_as_well(project: Path) -> None:
    data = lines_of(project, "a.py", "b.py")
    options = GatherOptions(files=["a.py", "b.py"], selects=lambda name: name.endswith("b.py"))
    assert names(gathered(data, options)) == ["b.py"]


def test_a_relative_record_is_found_by_the_name_typed(project: Path) -> None:
    data = data_file(project / "data", lines={"": {"pkg/c.py": [1, 2, 3, 6]}})
    report = gathered(data, GatherOptions(files=["./pkg/c.py"]))
    assert report.totals.missing == 1


@pytest.mark.parametrize("typed", ["gone.py", "pkg", "a.py/below.py", "nul\0.py"])
def test_a_name_without_a_source_behind_it_is_an_error(project: Path, typed: str) -> None:
    """REP-01, REP-11."""
    with pytest.raises(
        NoSource, match=r"no source for .*correct its name.*ignore_errors"
    ) as caught:
        gathered(lines_of(project, "a.py"), GatherOptions(files=[typed]))
    assert caught.value.path == str(project / typed)


def vanished(path: Path) -> None:
    path.unlink()


def unparsable(path: Path) -> None:
    path.write_text("x = 1\ny = (\n")


def undecodable(path: Path) -> None:
    path.write_bytes(b"# coding: utf-8\nx = '\xff'\n")


def full_of_nuls(path: Path) -> None:
    path.write_bytes(b"x = 1\0\n")


def too_deep(path: Path) -> None:
    path.write_text("x = " + "(" * 5000 + ")" * 5000 + "\n")


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (vanished, "no source for {path}: No such file or directory (restore it, omit it"),
        (unparsable, "{path}:2 is not Python source: "),
        (undecodable, "{path} is not Python source: "),
        (full_of_nuls, "{path}"),
        (too_deep, "{path}"),
    ],
)
def test_a_source_that_cannot_be_used_is_an_error_or_with_ignore_errors_a_note(
    project: Path, spoil: Callable[[Path], None], error: str
) -> None:
    """REP-11, REP-12."""
    data = lines_of(project, "a.py", "b.py")
    spoil(project / "a.py")
    with pytest.raises(ReportError) as caught:
        gathered(data)
    assert error.format(path=project / "a.py") in str(caught.value)
    report = gathered(data, GatherOptions(ignore_errors=True))
    assert names(report) == ["b.py"]
    (note,) = report.notes
    assert note.startswith("a.py is left out: ")
    assert report.totals.statements == 5


@pytest.mark.parametrize(
    ("name", "is_error"),
    [
        ("x.py", True),
        ("x.pyw", True),
        ("x", True),
        (".py", True),
        ("x.html", False),
        ("x.PY", False),
    ],
)
def test_what_is_no_python_counts_only_if_its_name_says_it_is(
    project: Path, name: str, is_error: bool
) -> None:
    """REP-12."""
    (project / name).write_text("<b>no</b>\n")
    data = lines_of(project, "a.py", name)
    if is_error:
        with pytest.raises(ReportError, match="not Python"):
            gathered(data)
    else:
        report = gathered(data)
        assert (names(report), report.notes) == (["a.py"], ())


def test_python_under_any_name_is_reported(project: Path) -> None:
    (project / "script.cgi").write_text(BRANCHY)
    assert names(gathered(lines_of(project, "script.cgi"))) == ["script.cgi"]


@pytest.mark.parametrize("ignore_errors", [False, True])
def test_without_any_file_there_is_nothing_to_report(project: Path, ignore_errors: bool) -> None:
    """REP-08."""
    options = GatherOptions(ignore_errors=ignore_errors)
    with pytest.raises(NoData, match="no data to report; nothing was measured"):
        gathered(data_file(project / "data"), options)


def test_with_every_file_left_out_it_says_why(project: Path) -> None:
    """TXT-13."""
    data = lines_of(project, "gone.py")
    with pytest.raises(NoData, match=r"no measured file \(of 1\).*gone\.py is left out: no source"):
        gathered(data, GatherOptions(ignore_errors=True))
    with pytest.raises(NoData, match=r"no measured file \(of 1\) was selected"):
        gathered(data, GatherOptions(selects=lambda name: False))


def test_exclusions_are_those_asked_for(project: Path) -> None:
    data = lines_of(project, "a.py")
    options = GatherOptions(exclusions=Exclusions(exclude=["^else"]))
    assert gathered(data, options).totals.percent == 100.0


@pytest.fixture
def in_contexts(project: Path) -> Path:
    name = str(project / "a.py")
    return data_file(project / "data", lines={"": {name: [1, 2]}, "t|b": {name: [2, 5]}, "c": {}})


def test_only_what_ran_in_matching_contexts_counts(in_contexts: Path) -> None:
    """CTX-03."""
    (file,) = gathered(in_contexts, GatherOptions(contexts=["b$", "nothing"])).files
    assert sorted(file.result.executed) == [2, 5]
    (file,) = gathered(in_contexts, GatherOptions(contexts=["nothing"])).files
    assert not file.result.executed


def test_contexts_are_gathered_when_asked_for(in_contexts: Path) -> None:
    report = gathered(in_contexts, GatherOptions(show_contexts=True))
    assert report.has_contexts
    assert report.files[0].contexts == {1: ("",), 2: ("", "t|b"), 5: ("t|b",)}
    report = gathered(in_contexts, GatherOptions(show_contexts=True, contexts=["b"]))
    assert report.files[0].contexts == {2: ("t|b",), 5: ("t|b",)}
    assert gathered(in_contexts).files[0].contexts == {}


def test_a_context_that_is_no_regex_is_an_error(in_contexts: Path) -> None:
    with pytest.raises(DataError, match=r"\(b"):
        gathered(in_contexts, GatherOptions(contexts=["(b"]))


def test_a_file_of_a_plugin_is_refused_by_name(project: Path) -> None:
    """LIM-52."""
    name = str(project / "a.py")
    data = data_file(project / "data", lines={"": {name: [1]}}, tracer="jinja.Plugin")
    with pytest.raises(ReportError, match=r"a\.py was measured by the plugin jinja\.Plugin"):
        gathered(data)
    with pytest.raises(NoData, match=r"jinja\.Plugin"):
        gathered(data, GatherOptions(ignore_errors=True))


def test_a_source_that_has_become_shorter_is_noted(project: Path) -> None:
    """LIM-16: its numbers may be nonsense, and the reader is told."""
    data = lines_of(project, "a.py", "b.py")
    (project / "a.py").write_text("a = 1\n")
    (note,) = gathered(data).notes
    assert note.startswith("line 6 of a.py was executed, but the file ends at line 1: ")


def test_sources_inside_archives_are_read(project: Path) -> None:
    """GLB-12."""
    with zipfile.ZipFile("lib.zip", "w") as archive:
        archive.writestr("pkg/mod.py", BRANCHY)
    report = gathered(lines_of(project, "lib.zip/pkg/mod.py"))
    assert names(report) == ["lib.zip/pkg/mod.py"]
    assert report.totals.missing == 1


def test_a_current_directory_that_is_gone_is_an_error_and_no_traceback(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = lines_of(project, "a.py")
    gone = project / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(ReportError, match="the current directory is gone"):
        gathered(data)
