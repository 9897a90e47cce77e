"""The public names of each package: the list is here so that it changes on purpose only."""

from __future__ import annotations

import importlib

import pytest

PUBLIC = {
    "cov_tracer": {"Tracer", "PyTracer", "Journal", "CORE", "TracerError"},
    "cov_data": {
        "Writer",
        "Reader",
        "JournalReader",
        "LedgerReader",
        "FileRecord",
        "combine",
        "CombineSummary",
        "PathMap",
        "data_file_name",
        "find_data_files",
        "DataError",
        "NewerSchema",
        "MixedKinds",
        "SCHEMA_VERSION",
    },
    "cov_analysis": {
        "Source",
        "analyze",
        "SourceFacts",
        "Branch",
        "Region",
        "Exclusions",
        "measure",
        "FileResult",
        "Totals",
        "explain",
        "describe",
        "AnalysisError",
        "NotPython",
    },
    "cov_report": {
        "gather",
        "Report",
        "Reporter",
        "FORMATS",
        "write_report",
        "Output",
        "MemoryOutput",
        "percent",
        "ReportError",
        "FileReport",
        "GatherOptions",
        "ReportOptions",
        "NoData",
        "NoSource",
    },
    "cov_cli": {"main", "Options", "load_options", "process_startup", "Session", "UsageError"},
}


@pytest.mark.parametrize("package", PUBLIC)
def test_a_package_exports_what_the_list_says_and_its_version(package: str) -> None:
    exported = importlib.import_module(package).__all__
    assert len(exported) == len(set(exported))
    assert set(exported) == PUBLIC[package] | {"__version__"}


@pytest.mark.parametrize("package", PUBLIC)
def test_every_exported_name_can_be_had(package: str) -> None:
    module = importlib.import_module(package)
    for name in module.__all__:
        assert getattr(module, name) is not None


@pytest.mark.parametrize("package", PUBLIC)
def test_a_name_that_is_not_exported_is_refused_as_python_refuses_it(package: str) -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = importlib.import_module(package).no_such_name
