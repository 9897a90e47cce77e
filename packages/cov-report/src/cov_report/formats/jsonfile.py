"""The JSON report, format 3: docs/formats/json-report.md. Rules: JSN-01 to JSN-13.

One function a node of the tree; what a node has in common with the others is in `_node`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime

from cov_analysis import FileResult, Totals

from .. import percent
from .._version import __version__
from ..model import FileReport, Kind, RegionReport, Report, ReportOptions
from ..output import Output

FORMAT = 3

# mypy has no recursive alias that json.dumps' callers can build without casts.
_Json = dict[str, object]


def write_json(report: Report, output: Output, name: str, options: ReportOptions) -> None:
    """Write the report as one JSON object. Raises ReportError as `Output.write` does."""
    tree = _report(report, options.precision)
    output.write(name, [json.dumps(tree, indent=4 if options.pretty_print else None)])


def _report(report: Report, precision: int) -> _Json:
    totals = _summary(report.totals, report.has_branches, precision)
    tree: _Json = {
        "meta": {
            "format": FORMAT,
            "version": __version__,
            "timestamp": datetime.now().isoformat(),
            "branch_coverage": report.has_branches,
            "show_contexts": report.has_contexts,
        },
        "files": {file.name: _file(file, report.has_contexts, precision) for file in report.files},
        "totals": totals,
    }
    if report.unknown:
        # Not among the files: whoever does not know of this would take nothing for all.
        tree["unknown_files"] = {file.name: file.reason for file in report.unknown}
        tree["totals"] = _without_percentages(totals)
    return tree


def _without_percentages(totals: _Json) -> _Json:
    """Sums of what is known; the percentage of a part is not that of the whole."""
    unknown = {name: "?" if name.endswith("_display") else None for name in totals}
    return {name: unknown[name] if "percent" in name else totals[name] for name in totals}


def _file(file: FileReport, has_contexts: bool, precision: int) -> _Json:
    return {
        **_node(file.result, file.contexts if has_contexts else None, precision),
        "functions": _regions(file, "function", has_contexts, precision),
        "classes": _regions(file, "class", has_contexts, precision),
    }


def _regions(file: FileReport, kind: Kind, has_contexts: bool, precision: int) -> _Json:
    regions = list(file.regions(kind))
    names = _unique_names(regions)
    return {
        name: _node(region.result, region.contexts if has_contexts else None, precision, region)
        for name, region in zip(names, regions, strict=True)
    }


def _node(
    result: FileResult,
    contexts: Mapping[int, tuple[str, ...]] | None,
    precision: int,
    region: RegionReport | None = None,
) -> _Json:
    node: _Json = {
        "executed_lines": sorted(result.executed),
        "summary": _summary(result.totals, result.has_branches, precision),
        "missing_lines": sorted(result.missing),
        "excluded_lines": sorted(result.excluded),
    }
    if region is not None:
        node["start_line"] = region.start
    if contexts is not None:
        node["contexts"] = {str(line): contexts[line] for line in sorted(contexts)}
    if result.has_branches:
        node["executed_branches"] = _pairs(result.executed_branches)
        node["missing_branches"] = _pairs(result.missing_branches)
    return node


def _summary(totals: Totals, has_branches: bool, precision: int) -> _Json:
    summary: _Json = {
        "covered_lines": totals.executed,
        "num_statements": totals.statements,
        "percent_covered": totals.percent,
        "percent_covered_display": percent.display(totals.percent, precision),
        "missing_lines": totals.missing,
        "excluded_lines": totals.excluded,
        "percent_statements_covered": totals.percent_statements,
        "percent_statements_covered_display": percent.display(totals.percent_statements, precision),
    }
    if has_branches:
        summary |= {
            "num_branches": totals.branches,
            "num_partial_branches": totals.partial_branches,
            "covered_branches": totals.covered_branches,
            "missing_branches": totals.missing_branches,
            "percent_branches_covered": totals.percent_branches,
            "percent_branches_covered_display": percent.display(totals.percent_branches, precision),
        }
    return summary


def _pairs(branches: Mapping[int, Iterable[int]]) -> list[tuple[int, int]]:
    return sorted((line, target) for line, targets in branches.items() for target in targets)


def _unique_names(regions: Iterable[RegionReport]) -> list[str]:
    """Names as keys (JSN-08): the first of a name with statements keeps it, or else the first.

    The others are called name@line.
    """
    keeper: dict[str, RegionReport] = {}
    for region in regions:
        known = keeper.setdefault(region.name, region)
        if region.result.totals.statements and not known.result.totals.statements:
            keeper[region.name] = region
    return [
        region.name if keeper[region.name] is region else f"{region.name}@{region.start}"
        for region in regions
    ]
