"""A folder with a program for each system, and the signals of a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.program import Program
from support.signals import usual_signals

pytest.register_assert_rewrite("systems.service")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """An empty folder to write a program into; beside it is room for a twin."""
    root = tmp_path.resolve() / "measured"
    root.mkdir()
    return Program(root)


@pytest.fixture(scope="session", autouse=True)
def signals_of_a_terminal() -> Iterator[None]:
    with usual_signals():
        yield
