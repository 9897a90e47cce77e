"""The way to a cov for another version of Python, wherever this one came from."""

from __future__ import annotations

import pytest

from cov_cli import __version__
from cov_cli.installing import DISTRIBUTIONS, advice, known_origins

FOLDERS = [f"/src/packages/{name}" for name in DISTRIBUTIONS]
PURE = [f"/w/{name.replace('-', '_')}-1.0-py3-none-any.whl" for name in DISTRIBUTIONS[1:]]


def test_source_folders_are_good_for_every_version() -> None:
    command = f"/usr/bin/python3.15 -m pip install {' '.join(FOLDERS)}"
    assert advice("/usr/bin/python3.15", (3, 15, 0), FOLDERS) == command


def test_a_source_archive_of_the_tracer_is_as_good() -> None:
    assert advice("python3", (3, 15), ["/w/cov_tracer-1.0.tar.gz", *PURE]).startswith(
        "python3 -m pip install /w/cov_tracer-1.0.tar.gz /w/cov_data-1.0-py3-none-any.whl "
    )


def test_what_a_shell_would_take_apart_is_quoted() -> None:
    places = ["/my work/cov-tracer", *FOLDERS[1:]]
    command = "'/far away/python' -m pip install '/my work/cov-tracer' /src/packages/cov-data "
    assert advice("/far away/python", (3, 15), places).startswith(command)


@pytest.mark.parametrize(
    "origins",
    [[], FOLDERS[1:], ["/w/cov_tracer-1.0-cp314-cp314-linux_x86_64.whl", *PURE]],
    ids=["from an index", "not all", "a wheel of another version"],
)
def test_otherwise_it_says_what_is_needed_and_promises_no_index(origins: list[str]) -> None:
    said = advice("python3", (3, 15), origins)
    assert said.startswith(f"install cov-cli {__version__} there with python3 -m pip install, ")
    assert said.endswith("a cov-tracer for Python 3.15: its source, or a wheel named cp315")
    assert "install cov-cli\n" not in f"{said}\n"


def test_where_this_cov_came_from_is_asked_of_its_installation() -> None:
    assert len(known_origins()) in range(len(DISTRIBUTIONS) + 1)
