"""What every test gets: a known environment, and properties that repeat themselves."""

from __future__ import annotations

import importlib.util
import os
import platform
import sys

import hypothesis
import pytest

# Examples are the same on every run and every machine; slow machines are not failures.
hypothesis.settings.register_profile(
    "suite",
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("suite")

# Variables that change what a coverage tool does. COV_SETTINGS is not among them: when the suite
# itself is measured it has to reach the processes that tests start.
SETTINGS = ("COVERAGE_", "COLUMNS", "PYTHONWARNINGS")


@pytest.fixture(autouse=True)
def known_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that the developer's shell has set reaches a test or a process it starts."""
    for name in os.environ:
        if name.startswith(SETTINGS):
            monkeypatch.delenv(name)


def pytest_report_header() -> list[str]:
    """Say which copy of the packages is tested: wheels have to be, a source tree may be."""
    found = importlib.util.find_spec("cov_cli")
    where = os.path.dirname(found.origin) if found and found.origin else "not installed"
    return [f"Python: {platform.python_version()}, {sys.executable}", f"cov_cli: {where}"]
