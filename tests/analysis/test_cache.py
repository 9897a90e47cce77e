"""Facts kept between reports: found again, never wrong, never the reason for a failure."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.rights import without_privileges

from cov_analysis import Exclusions
from cov_analysis.cache import FactCache

DATA = b"x = 1\n"
TODAY = 20_000


def cache(folder: Path, exclusions: Exclusions | None = None, today: int = TODAY) -> FactCache:
    return FactCache(folder / "cache", exclusions or Exclusions(), today)


def fill(folder: Path, packed: bytes = b"facts", data: bytes = DATA, today: int = TODAY) -> None:
    one = cache(folder, today=today)
    one.put(one.key(data), packed)
    one.save()


def found(folder: Path, data: bytes = DATA) -> bytes | None:
    one = cache(folder)
    return one.get(one.key(data))


def elsewhere(
    folder: Path, code: str, *flags: str, before: Callable[[], None] | None = None
) -> str:
    """What code prints in another process, in which `one` is the cache."""
    opened = (
        "import sys; from cov_analysis import Exclusions\n"
        "from cov_analysis.cache import FactCache\n"
        "one = FactCache(sys.argv[1], Exclusions())\n"
    )
    command = [sys.executable, *flags, "-c", opened + code, str(folder / "cache")]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=60, preexec_fn=before
    )
    return done.stdout


def file_of(folder: Path) -> Path:
    (path,) = (folder / "cache").glob("facts-*")
    return path


def test_what_was_kept_is_found(tmp_path: Path) -> None:
    assert found(tmp_path) is None
    fill(tmp_path)
    assert found(tmp_path) == b"facts"
    assert found(tmp_path, b"x = 2\n") is None


def test_what_was_just_put_is_found_before_it_is_saved(tmp_path: Path) -> None:
    one = cache(tmp_path)
    one.put(one.key(DATA), b"facts")
    assert one.get(one.key(DATA)) == b"facts"
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize(
    "other",
    [
        Exclusions(exclude=["x"]),
        Exclusions(partial=["x"]),
        Exclusions(partial_always=["x"]),
        Exclusions(exclude=[]),
    ],
    ids=["exclude", "partial", "partial_always", "none"],
)
def test_other_exclusions_are_other_facts(tmp_path: Path, other: Exclusions) -> None:
    fill(tmp_path)
    one = cache(tmp_path, other)
    assert one.get(one.key(DATA)) is None


def test_another_python_is_another_file(tmp_path: Path) -> None:
    fill(tmp_path)
    assert found(tmp_path) == b"facts"
    for flags, expected in (([], "b'facts'"), (["-O"], "None"), (["-OO"], "None")):
        said = elsewhere(tmp_path, f"print(one.get(one.key({DATA!r})))", *flags)
        assert said.strip() == expected


def test_version_control_and_backups_leave_the_folder_alone(tmp_path: Path) -> None:
    fill(tmp_path)
    assert (tmp_path / "cache" / ".gitignore").read_text().splitlines()[-1] == "*"
    tag = (tmp_path / "cache" / "CACHEDIR.TAG").read_bytes()
    assert tag.startswith(b"Signature: 8a477f597d28d172789f06886806bc55")


def test_damage_anywhere_is_as_good_as_nothing_there(tmp_path: Path) -> None:
    fill(tmp_path)
    path = file_of(tmp_path)
    whole = path.read_bytes()
    for place in range(len(whole)):
        for change in (0x01, 0x80):
            damaged = bytearray(whole)
            damaged[place] ^= change
            path.write_bytes(damaged)
            assert found(tmp_path) is None, place


def test_a_file_cut_anywhere_is_as_good_as_none(tmp_path: Path) -> None:
    fill(tmp_path)
    path = file_of(tmp_path)
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        assert found(tmp_path) is None
    path.write_bytes(whole + b"more")
    assert found(tmp_path) == b"facts"


@pytest.mark.parametrize("content", [b"", b"garbage", b"cov facts\n", bytes(200), b"\xff" * 200])
def test_damage_is_repaired_by_the_next_report(tmp_path: Path, content: bytes) -> None:
    fill(tmp_path)
    file_of(tmp_path).write_bytes(content)
    assert found(tmp_path) is None
    fill(tmp_path)
    assert found(tmp_path) == b"facts"


def test_one_damaged_entry_does_not_hide_the_others(tmp_path: Path) -> None:
    fill(tmp_path, b"one", b"1")
    fill(tmp_path, b"two", b"2")
    path = file_of(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"two", b"TWO"))
    assert found(tmp_path, b"1") == b"one"
    assert found(tmp_path, b"2") is None
    fill(tmp_path, b"three", b"3")
    assert b"TWO" not in path.read_bytes()


def test_what_two_reports_add_is_kept_of_both(tmp_path: Path) -> None:
    fill(tmp_path, b"old", b"0")
    one, two = cache(tmp_path), cache(tmp_path)
    for report, data in ((one, b"1"), (two, b"2")):
        assert report.get(report.key(b"0")) == b"old"
        report.put(report.key(data), b"of " + data)
    one.save()
    two.save()
    assert [found(tmp_path, data) for data in (b"0", b"1", b"2")] == [b"old", b"of 1", b"of 2"]


WRITER = """
import sys
from pathlib import Path
from cov_analysis import Exclusions
from cov_analysis.cache import FactCache
folder, name = sys.argv[1:]
sys.stdin.read(1)
for number in range(60):
    one = FactCache(folder, Exclusions())
    for known in range(number):
        packed = one.get(one.key(b"%s %d" % (name.encode(), known)))
        assert packed is None or packed == b"x" * known, packed
    one.put(one.key(b"%s %d" % (name.encode(), number)), b"x" * number)
    one.save()
"""


def test_processes_that_write_at_once_leave_a_whole_file(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    command = [sys.executable, "-c", WRITER, str(folder)]
    writers = [
        subprocess.Popen([*command, name], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        for name in ("a", "b")
    ]
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"\n")
        writer.stdin.flush()
    for writer in writers:
        _, said = writer.communicate(timeout=60)
        assert writer.returncode == 0, said
    # Whoever wrote last kept at least all it had added itself by then.
    one = FactCache(folder, Exclusions())
    assert b"x" * 59 in (one.get(one.key(b"a 59")), one.get(one.key(b"b 59")))
    assert not list(folder.glob("*.tmp"))


def test_a_folder_removed_between_reading_and_writing_is_made_again(tmp_path: Path) -> None:
    fill(tmp_path)
    one = cache(tmp_path)
    assert one.get(one.key(DATA)) == b"facts"
    for path in (tmp_path / "cache").iterdir():
        path.unlink()
    (tmp_path / "cache").rmdir()
    assert one.get(one.key(DATA)) == b"facts"
    one.put(one.key(b"new"), b"new")
    one.save()
    assert found(tmp_path, b"new") == b"new"
    assert found(tmp_path) is None


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such mode there")
def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    fill(tmp_path)
    (tmp_path / "cache").chmod(0o500)
    try:
        new = "one.put(one.key(b'new'), b'new'); one.save()"
        elsewhere(tmp_path, new, before=without_privileges)
        assert found(tmp_path) == b"facts"
        assert found(tmp_path, b"new") is None
    finally:
        (tmp_path / "cache").chmod(0o700)


def test_a_file_where_the_folder_would_be_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("mine")
    fill(tmp_path)
    assert found(tmp_path) is None
    assert (tmp_path / "cache").read_text() == "mine"


@pytest.mark.skipif(sys.platform == "win32", reason="has no limits on files")
def test_a_full_disk_is_no_error(tmp_path: Path) -> None:
    limited = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "one.put(one.key(b'new'), bytes(100_000))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); one.save()\n"
    )
    fill(tmp_path)
    folder = tmp_path / "cache"
    elsewhere(tmp_path, limited)
    assert sorted(path.name for path in folder.iterdir()) == sorted(
        [".gitignore", "CACHEDIR.TAG", file_of(tmp_path).name]
    )


def test_what_nobody_used_for_a_month_is_forgotten(tmp_path: Path) -> None:
    fill(tmp_path, b"old", b"old", today=TODAY - 30)
    fill(tmp_path, b"young", b"young", today=TODAY - 29)
    fill(tmp_path)
    assert found(tmp_path, b"old") is None
    assert found(tmp_path, b"young") == b"young"


def test_what_is_used_is_not_forgotten(tmp_path: Path) -> None:
    fill(tmp_path)
    for later in range(0, 90, 20):
        one = cache(tmp_path, today=TODAY + later)
        assert one.get(one.key(DATA)) == b"facts"
        one.save()


def test_nothing_is_written_when_nothing_is_new(tmp_path: Path) -> None:
    fill(tmp_path)
    before = file_of(tmp_path).stat()
    one = cache(tmp_path)
    assert one.get(one.key(DATA)) == b"facts"
    one.save()
    after = file_of(tmp_path).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_files_of_other_versions_go_when_nobody_wrote_them_for_long(tmp_path: Path) -> None:
    fill(tmp_path)
    folder = tmp_path / "cache"
    ages = {"facts-cpython-310-0": 31, "facts-cpython-312-1": 29, "facts-x.5.tmp": 2, "mine": 99}
    for name, days in ages.items():
        (folder / name).write_bytes(b"")
        os.utime(folder / name, (0, (TODAY - days) * 24 * 3600))
    fill(tmp_path, b"new", b"new")
    assert sorted(set(ages) & {path.name for path in folder.iterdir()}) == [
        "facts-cpython-312-1",
        "mine",
    ]
