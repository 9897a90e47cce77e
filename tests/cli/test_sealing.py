"""The helper that saves the data when a program has ended."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cov_cli.measured.settings import Settings
from cov_cli.sealing import unexecuted


@pytest.mark.parametrize(
    ("data_file", "reason"),
    [
        pytest.param("nowhere\0/data", "this is a bug in cov", id="unexpected"),
        pytest.param("file/data", "file", id="expected"),
    ],
)
def test_whatever_goes_wrong_is_one_line_and_not_the_exit_code(
    tmp_path: Path, data_file: str, reason: str
) -> None:
    """The program has ended well, and its journals wait for the next report."""
    (tmp_path / "file").touch()
    settings = Settings(data_file=data_file, run="0" * 32, created=1)
    command = "import sys; from cov_cli.sealing import main; main(sys.argv[1])"
    # No word of a command line has a NUL: it is put back where it was.
    command = command.replace("sys.argv[1]", "sys.argv[1].replace('%', chr(0))")
    done = subprocess.run(
        [sys.executable, "-c", command, settings.pack().replace("\0", "%")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("cov: the data could not be saved, its journals are kept: ")
    assert reason in line


def test_files_that_never_ran_have_the_names_that_measuring_gives_them(tmp_path: Path) -> None:
    """A link is another name of what it leads to; a folder that is one is not gone into."""
    real = tmp_path / "real"
    for name in ("pkg/__init__.py", "pkg/deep/__init__.py", "pkg/deep/a.py", "elsewhere/b.py"):
        (real / name).parent.mkdir(parents=True, exist_ok=True)
        (real / name).touch()
    (tmp_path / "source").symlink_to("real/pkg")
    (real / "pkg" / "b.py").symlink_to("../elsewhere/b.py")
    (real / "pkg" / "more").symlink_to("../elsewhere")
    (tmp_path / "single.py").symlink_to("real/elsewhere/b.py")
    sources = [str(tmp_path / "source"), str(tmp_path / "single.py")]
    settings = Settings(
        data_file="d", run="0" * 32, created=1, cwd=str(tmp_path), source_dirs=sources
    )
    found = [Path(path).relative_to(real).as_posix() for path in unexecuted(settings, [])]
    assert sorted(found) == [
        "elsewhere/b.py",
        "elsewhere/b.py",
        "pkg/__init__.py",
        "pkg/deep/__init__.py",
        "pkg/deep/a.py",
    ]


def test_what_is_reached_through_a_junction_has_its_real_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows has links to folders that do not look like links: one that is said to be none."""
    real = Path(os.path.realpath(tmp_path)) / "source" / "real"
    real.mkdir(parents=True)
    (real / "__init__.py").touch()
    (real.parent / "junction").symlink_to("real")
    is_link = os.path.islink
    monkeypatch.setattr(
        os.path, "islink", lambda path: not str(path).endswith("junction") and is_link(path)
    )
    settings = Settings(data_file="d", run="0" * 32, created=1, source_dirs=[str(real.parent)])
    assert set(unexecuted(settings, [])) == {str(real / "__init__.py")}
