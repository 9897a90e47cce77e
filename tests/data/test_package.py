"""The package as a whole: its names, and what importing it costs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import cov_data


def test_every_public_name_is_there_and_found_again() -> None:
    for name in cov_data.__all__:
        assert getattr(cov_data, name) is getattr(cov_data, name)
    assert set(cov_data.__all__) <= set(dir(cov_data))


def test_a_name_that_does_not_exist_is_said_in_the_usual_way() -> None:
    with pytest.raises(AttributeError, match="module 'cov_data' has no attribute 'Raeder'"):
        cov_data.Raeder  # noqa: B018


def test_importing_it_loads_nothing_until_a_name_is_used() -> None:
    program = """
import sys
sys.path.insert(0, sys.argv[1])
before = set(sys.modules)
import cov_data
print(*sorted(set(sys.modules) - before))
"""
    folder = str(Path(cov_data.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, folder], capture_output=True, text=True
    )
    assert (done.stdout.split(), done.stderr) == (
        ["__future__", "cov_data", "cov_data._version"],
        "",
    )
