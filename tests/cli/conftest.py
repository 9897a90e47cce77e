"""A project directory for each test of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import Project


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """An empty directory, which is also the current one."""
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path)
