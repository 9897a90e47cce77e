"""A folder with a program for each test of the measured process."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.program import Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """An empty folder to write a program into."""
    return Program(tmp_path.resolve())
