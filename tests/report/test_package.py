"""The package as a whole: its names, and what importing it costs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import cov_report


def modules_after(program: str) -> set[str]:
    program += "\nimport json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_importing_the_package_loads_none_of_its_modules() -> None:
    loaded = modules_after("import cov_report")
    ours = {name for name in loaded if name.startswith(("cov_report", "cov_data", "cov_analysis"))}
    assert ours == {"cov_report", "cov_report._version"}


def test_a_percentage_costs_no_analysis() -> None:
    assert "cov_analysis" not in modules_after("from cov_report import percent, ReportError")


def test_every_public_name_is_listed_and_can_be_imported_in_any_order() -> None:
    for name in cov_report.__all__:
        program = f"import cov_report.gathering, cov_report.registry\nfrom cov_report import {name}"
        assert f"cov_report.{name}" not in modules_after(program) - {"cov_report.percent"}
    assert set(cov_report.__all__) <= set(dir(cov_report))


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        _ = cov_report.nothing_of_the_kind  # type: ignore[attr-defined]
