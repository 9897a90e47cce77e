"""A folder with a program for each system, and the signals of a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.program import Program

pytest.register_assert_rewrite("systems.service")

from measured.conftest import usual_signals as usual_signals  # noqa: E402


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """An empty folder to write a program into; beside it is room for a twin."""
    root = tmp_path.resolve() / "measured"
    root.mkdir()
    return Program(root)
