"""A folder with a program for each test of the measured process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.environments import Environment, make_our_venv
from support.program import Program
from support.signals import usual_signals


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """An empty folder to write a program into."""
    return Program(tmp_path.resolve())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder to run programs in, with room beside it."""
    path = tmp_path.resolve() / "work"
    path.mkdir()
    return path


@pytest.fixture
def venv(tmp_path: Path) -> Environment:
    """A venv with our wheels in it, and nothing else."""
    return make_our_venv(tmp_path.resolve() / "venv")


@pytest.fixture(scope="session", autouse=True)
def signals_of_a_terminal() -> Iterator[None]:
    with usual_signals():
        yield
