"""Facts from a cache, from other processes, or worked out: always the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from report.samples import BRANCHY, data_file

from cov_analysis import Exclusions, NotPython
from cov_analysis.cache import FactCache
from cov_analysis.worker import examine
from cov_data import Reader
from cov_report import GatherOptions, Report, ReportError, gather
from cov_report.crew import Crew
from cov_report.examining import Examiner
from cov_report.staffing import WORTHWHILE, crew_size, heavy_ones

# Much to do in few lines, so that other processes are worth their start.
LONG = f'{BRANCHY}text = """{"much to read " * 8000}"""\n'
COUNT = 12


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current directory, with sources of more than a megabyte and a data file."""
    monkeypatch.chdir(tmp_path)
    names = [f"m{number:02}.py" for number in range(COUNT)]
    for number, name in enumerate(names):
        Path(name).write_text("\n" * number + LONG)
    arcs = {str(tmp_path / name): [(2 + n, 3 + n)] for n, name in enumerate(names)}
    data_file(tmp_path / ".coverage", arcs={"": arcs})
    return tmp_path


def report(cache: str | None = None, processes: int = 1, ignore_errors: bool = False) -> Report:
    options = GatherOptions(cache=cache, processes=processes, ignore_errors=ignore_errors)
    with Reader(".coverage") as reader:
        return gather(reader, options)


def test_a_report_is_the_same_whoever_made_its_facts(project: Path) -> None:
    assert len(LONG) * COUNT > WORTHWHILE
    alone = report()
    assert len(alone.files) == COUNT
    assert alone.totals.missing_branches == COUNT
    for processes in (2, 3, 5):
        assert report(processes=processes) == alone
    assert report(cache="cache", processes=2) == alone
    assert report(cache="cache", processes=2) == alone
    assert report(cache="cache") == alone


def test_files_that_are_no_python_are_refused_as_ever(project: Path) -> None:
    Path("m03.py").write_text(f"{LONG}\nif:\n")
    Path("m07.py").write_text(f"{LONG}\nelse\n")
    said = []
    for processes in (1, 2):
        with pytest.raises(ReportError) as caught:
            report(processes=processes)
        said.append(str(caught.value))
    assert "m03.py:9" in said[0]
    assert said[0] == said[1]
    alone = report(ignore_errors=True)
    assert [note.split()[0] for note in alone.notes] == ["m03.py", "m07.py"]
    assert report(ignore_errors=True, processes=2) == alone
    # No facts, nothing to keep: they are refused with a cache, too.
    assert report("cache", ignore_errors=True) == report("cache", ignore_errors=True) == alone


def test_what_is_cached_is_not_worked_out_again(tmp_path: Path) -> None:
    folder = str(tmp_path / "cache")
    kept = FactCache(folder, Exclusions())
    kept.put(kept.key(b"no Python at all"), b"facts")
    kept.save()
    with Examiner(cache=folder) as examiner:
        assert examiner.facts("a.py", b"no Python at all") == b"facts"
        with pytest.raises(NotPython):
            examiner.facts("b.py", b"no Python either")


def test_only_what_is_new_is_written_to_the_cache(project: Path) -> None:
    report(cache="cache")
    (kept,) = Path("cache").glob("facts-*")
    before = kept.stat()
    report(cache="cache")
    after = kept.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)
    content = kept.read_bytes()
    Path("m05.py").write_text(f"{LONG}\nnew = 1\n")
    changed = report(cache="cache")
    assert kept.read_bytes() != content
    assert changed.files[5].totals.statements == report().files[5].totals.statements


def test_a_crew_hands_over_what_it_found(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.py" for number in range(20)]
    for number, path in enumerate(paths):
        path.write_text(f"{BRANCHY}x = {number}\n" * (number + 1))
    crew = Crew([str(path) for path in paths], Exclusions(), 2)
    try:
        for path in paths:
            data = path.read_bytes()
            assert crew.take(str(path), data) == examine("x.py", data, Exclusions())
            assert crew.take(str(path), data) is None, "once only"
        assert crew.take(str(tmp_path / "other.py"), b"") is None
    finally:
        crew.dismiss()


def test_a_crew_hands_over_what_it_found_first_and_in_later_processes(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.py" for number in range(40)]
    for number, path in enumerate(paths):
        path.write_text(f"x = {number}\n" + "# much source, little work\n" * 4_000)
    heavy = [str(path) for path in reversed(paths[10:20])]
    crew = Crew([str(path) for path in paths], Exclusions(), 1, heavy)
    try:
        for path in paths:
            data = path.read_bytes()
            assert crew.take(str(path), data) == examine("x.py", data, Exclusions())
    finally:
        crew.dismiss()


def test_the_biggest_files_are_done_first_unless_they_are_most_of_the_work() -> None:
    small = {f"{number}.py": 50_000 for number in range(100)}
    assert heavy_ones(small) == []
    assert heavy_ones({**small, "a.py": 200_000, "b.py": 300_000}) == ["b.py", "a.py"]
    assert heavy_ones({**small, "a.py": 200_000, "b.py": 3_000_000}) == []


def test_a_crew_that_is_dismissed_before_its_time_ends(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.py" for number in range(40)]
    for path in paths:
        path.write_text(BRANCHY * 2_000)
    crew = Crew([str(path) for path in paths], Exclusions(), 2, [str(paths[0])])
    crew.dismiss()
    assert [crew.take(str(path), path.read_bytes()) for path in paths[1:]] == [None] * 39


def test_a_crew_says_nothing_of_content_it_did_not_see(tmp_path: Path) -> None:
    path, gone = tmp_path / "a.py", tmp_path / "gone.py"
    path.write_text("x = 1\n")
    crew = Crew([str(gone), str(path)], Exclusions(), 1)
    try:
        assert crew.take(str(gone), b"x = 1\n") is None
        assert crew.take(str(path), b"x = 2\n") is None
    finally:
        crew.dismiss()


def test_errors_of_a_crew_are_raised_where_the_file_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text("x = 1\nif:\n")
    crew = Crew([str(path)], Exclusions(), 1)
    try:
        with pytest.raises(NotPython) as caught:
            crew.take(str(path), path.read_bytes())
    finally:
        crew.dismiss()
    assert (caught.value.path, caught.value.line) == (str(path), 2)


def test_few_processes_for_little_source() -> None:
    assert crew_size(WORTHWHILE - 1, 8) == 0
    assert crew_size(WORTHWHILE, 8) == 2
    assert crew_size(WORTHWHILE, 1) == 0
    assert crew_size(1024 * WORTHWHILE, 8) == 8


UNGUARDED = """
from cov_data import Reader
from cov_report import GatherOptions, gather
with Reader(".coverage") as reader:
    print(len(gather(reader, GatherOptions(processes=2)).files))
"""

DAEMONIC = """
import multiprocessing, runpy
if __name__ == "__main__":
    one = multiprocessing.Process(target=runpy.run_path, args=("unguarded.py",), daemon=True)
    one.start()
    one.join()
"""

SCRIPTS = {
    "unguarded": UNGUARDED,
    "daemonic": DAEMONIC,
    "nobody knows Python's name": f"import sys; sys.executable = ''\n{UNGUARDED}",
    "Python is gone": f"import sys; sys.executable = '/no/such/python'\n{UNGUARDED}",
    "Python is something else": f"import sys; sys.executable = '/bin/cat'\n{UNGUARDED}",
    "Python fails": f"import sys; sys.executable = '/bin/false'\n{UNGUARDED}",
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_any_program_can_make_a_report(project: Path, script: str) -> None:
    Path("unguarded.py").write_text(UNGUARDED)
    Path("script.py").write_text(script)
    done = subprocess.run(
        [sys.executable, "script.py"], capture_output=True, text=True, timeout=120, check=True
    )
    assert (done.stdout, done.stderr) == (f"{COUNT}\n", "")


def test_a_crew_that_is_dismissed_early_keeps_nobody_waiting(project: Path) -> None:
    paths = [str(project / f"m{number:02}.py") for number in range(COUNT)]
    crew = Crew(paths, Exclusions(), 2)
    data = Path(paths[0]).read_bytes()
    assert crew.take(paths[0], data) is not None
    crew.dismiss()
    for path in paths[1:]:
        data = Path(path).read_bytes()
        assert crew.take(path, data) in (None, examine(path, data, Exclusions()))


# Runs a helper whose parser kills it at the third file, as a system without memory would.
DYING = """#!/bin/sh
exec {python} -c '
import ast, os, signal, sys
sys.argv[1:] = sys.argv[sys.argv.index("-c", 1) + 2:]
sys.path.insert(0, sys.argv[1])
from cov_analysis import worker
examine, count = worker.examine, 0
def dies(*words):
    global count
    count += 1
    if count == 3:
        open("killed", "a").close()
        os.kill(os.getpid(), signal.SIGKILL)
    return examine(*words)
worker.examine = dies
worker.serve()
' "$@"
"""


@pytest.mark.skipif(os.name == "nt", reason="signals, and a script that is an interpreter")
def test_a_report_survives_its_helpers(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = report()
    python = project / "python"
    python.write_text(DYING.format(python=sys.executable))
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    assert report(processes=2) == alone
    assert Path("killed").exists()
