"""Names of data files that are none: devices, pipes, sockets."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

import pytest
from cli.running import Project

pytestmark = pytest.mark.skipif(os.name == "nt", reason="files are files there")


@pytest.fixture(params=["pipe", "socket", "link to a pipe"])
def node(request: pytest.FixtureRequest, project: Project) -> Path:
    path = project.root / "data"
    if request.param == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("data")  # in the current directory: the name of a socket must not be long
    elif request.param == "pipe":
        os.mkfifo(path)
    else:
        os.mkfifo(project.root / "pipe")
        path.symlink_to("pipe")
    return path


def test_a_run_refuses_it_before_the_program_starts(project: Project, node: Path) -> None:
    project.write("prog.py", "print('ran')\n")
    kind = stat.S_IFMT(node.stat().st_mode)
    message = project.fails("run", "--data-file=data", "prog.py")
    assert message.endswith("data: the data file cannot be a device, a pipe or a socket")
    assert stat.S_IFMT(node.stat().st_mode) == kind


@pytest.mark.parametrize("verb", ["report", "json", "combine"])
def test_nobody_waits_for_it_or_replaces_it(project: Project, node: Path, verb: str) -> None:
    kind = stat.S_IFMT(node.stat().st_mode)
    project.fails(verb, "--data-file=data", *(["data"] if verb == "combine" else []))
    assert stat.S_IFMT(node.stat().st_mode) == kind


def test_combining_into_it_is_refused(project: Project, node: Path) -> None:
    project.write("prog.py", "x = 1\n")
    assert project.cov("run", "-p", "prog.py").code == 0
    (made,) = project.root.glob(".coverage.*")
    message = project.fails("combine", "--data-file=data", made.name)
    assert "is no file" in message
    assert made.exists()


def test_erasing_leaves_it(project: Project, node: Path) -> None:
    project.cov("erase", "--data-file=data")
    assert os.path.lexists(node)
