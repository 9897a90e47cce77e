"""The reports in tests/golden/report, byte for byte what coverage.py 7.17.3 prints.

`python tests/report/golden.py` makes them anew, with that version installed. `data.json` there is
what a run of the project's main.py executed, by context and file; its project is never run again.
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).resolve().parent.parent / "golden" / "report"
PROJECT = FOLDER / "project"

_Recorded = Mapping[str, Mapping[str, Any]]  # context → file → lines or arcs


class Situation(NamedTuple):
    """A report to compare. `options` are those that both tools call the same."""

    branches: bool
    format: str
    options: dict[str, Any] = {}  # noqa: RUF012 - nobody changes it
    contexts: tuple[str, ...] | None = None
    files: tuple[str, ...] = ()
    show_contexts: bool = False


SITUATIONS = {
    "plain": Situation(False, "text"),
    "missing": Situation(False, "text", {"show_missing": True}),
    "branches": Situation(True, "text"),
    "branches-missing": Situation(True, "text", {"show_missing": True}),
    "skip-covered": Situation(True, "text", {"skip_covered": True, "show_missing": True}),
    "skip-empty": Situation(True, "text", {"skip_empty": True}),
    "skip-both": Situation(False, "text", {"skip_covered": True, "skip_empty": True}),
    "all-skipped": Situation(False, "text", {"skip_covered": True}, files=("shop/complete.py",)),
    "none-skipped-of-one": Situation(False, "text", {"skip_empty": True}, files=("main.py",)),
    "precision-1": Situation(True, "text", {"precision": 1}),
    "precision-2": Situation(False, "text", {"precision": 2, "show_missing": True}),
    "precision-3": Situation(True, "text", {"precision": 3}),
    "sort-name": Situation(True, "text", {"sort": "-name"}),
    "sort-stmts": Situation(True, "text", {"sort": "Stmts"}),
    "sort-miss": Situation(True, "text", {"sort": "-miss"}),
    "sort-branch": Situation(True, "text", {"sort": "+branch"}),
    "sort-brpart": Situation(True, "text", {"sort": "-brpart"}),
    "sort-cover": Situation(True, "text", {"sort": "-cover"}),
    "one-context": Situation(True, "text", {"show_missing": True}, contexts=("price$", "nothing")),
    "no-such-context": Situation(True, "text", {}, contexts=("nothing",)),
    "as-typed": Situation(True, "text", {}, files=("./main.py", "shop/never_run.py")),
    "total": Situation(True, "total"),
    "total-precision": Situation(True, "total", {"precision": 4}),
    "markdown": Situation(False, "markdown"),
    "markdown-missing": Situation(True, "markdown", {"show_missing": True, "precision": 2}),
    "markdown-skipped": Situation(True, "markdown", {"skip_covered": True, "skip_empty": True}),
    "json": Situation(False, "json", {"pretty_print": True}),
    "json-branches": Situation(True, "json", {"pretty_print": True, "precision": 1}),
    "json-contexts": Situation(
        True, "json", {"pretty_print": True}, contexts=("test",), show_contexts=True
    ),
}
SUFFIXES = {"text": ".txt", "total": ".txt", "markdown": ".md", "json": ".json"}


def expected(name: str) -> Path:
    return FOLDER / "expected" / f"{name}{SUFFIXES[SITUATIONS[name].format]}"


def recorded(branches: bool) -> tuple[list[Path], _Recorded]:
    """The files of the project and what was executed of them."""
    found = json.loads((FOLDER / "data.json").read_text("utf-8"))
    return [PROJECT / name for name in found["files"]], found["branches" if branches else "lines"]


def comparable(text: str) -> str:
    """A JSON report without what has to differ, and with what may differ put in order.

    Contexts are taken out of regions, where coverage.py has those of the whole file (LIM-59).
    """
    tree = json.loads(text)
    del tree["meta"]["version"], tree["meta"]["timestamp"]
    for file in tree["files"].values():
        contexts = file.get("contexts", {})
        if contexts:
            lines = sorted(contexts, key=int)
            file["contexts"] = {line: sorted(contexts[line]) for line in lines}
        for region in [*file["functions"].values(), *file["classes"].values()]:
            region.pop("contexts", None)
    return json.dumps(tree, indent=1) + "\n"


def by_coverage_py(situation: Situation, data: Path) -> str:
    """The report that coverage.py makes; `data` is a place for its data file."""
    import coverage

    files, executed = recorded(situation.branches)
    record(data, situation.branches, executed, files)
    cov = coverage.Coverage(data_file=str(data), config_file=False)
    cov.load()
    contexts = None if situation.contexts is None else list(situation.contexts)
    morfs = list(situation.files) or None
    if situation.format != "json":
        out = io.StringIO()
        cov.report(
            morfs=morfs,
            file=out,
            contexts=contexts,
            output_format=situation.format,
            **situation.options,
        )
        return out.getvalue()
    cov.set_option("report:precision", situation.options.get("precision", 0))
    target = data.with_suffix(".json")
    cov.json_report(
        morfs=morfs,
        outfile=str(target),
        contexts=contexts,
        pretty_print=True,
        show_contexts=situation.show_contexts,
    )
    return comparable(target.read_text("utf-8"))


def record(data: Path, branches: bool, executed: _Recorded, files: Iterable[Path]) -> None:
    """Write a data file with coverage.py's own library."""
    from coverage import CoverageData

    data.unlink(missing_ok=True)
    target = CoverageData(str(data))
    target.read()
    for context, by_file in executed.items():
        target.set_context(context)
        absolute = {str(PROJECT / name): facts for name, facts in by_file.items()}
        if branches:
            target.add_arcs({name: [(a, b) for a, b in arcs] for name, arcs in absolute.items()})
        else:
            target.add_lines(absolute)
    target.touch_files([str(path) for path in files])
    target.write()
    target.close()


def main() -> None:
    import tempfile

    os.chdir(PROJECT)
    with tempfile.TemporaryDirectory() as folder:
        for name, situation in SITUATIONS.items():
            text = by_coverage_py(situation, Path(folder) / "data")
            expected(name).parent.mkdir(exist_ok=True)
            expected(name).write_text(text, encoding="utf-8", newline="")


if __name__ == "__main__":
    main()
