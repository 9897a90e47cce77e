"""Reports of generated projects, compared with what coverage.py 7.17.3 makes of the same data file.

Each seed is a project of random programs of which random parts ran. The readable ones
are in tests/golden.
"""

from __future__ import annotations

import io
import os
import random
from pathlib import Path
from typing import Any

import coverage
import pytest
from report.golden import comparable
from report.samples import data_file

from cov_analysis import Source, analyze
from cov_data import Reader
from cov_report import GatherOptions, MemoryOutput, ReportOptions, gather, write_report

NAMES = [
    "a.py",
    "A.py",
    "a9.py",
    "a10.py",
    "pkg/__init__.py",
    "pkg/a1.py",
    "x-y.py",
    "é.py",
    "q z.py",
    "m[1]&~.py",
    "t\u200b.py",
    "a/long/name/of/a/file/that/goes/on/and/on.py",
]
SIMPLE = [
    "x = 1",
    "if x: y = 1",
    "def f(): return 1",
    "class C: pass",
    "a, b = 1, 2  # pragma: no cover",
    "foo(1,\n2,\n3)",
    '"""A text."""',
    "# comment",
    "",
    "def g(): ...",
    "assert x",
]
# Without "pragma: no branch": of such lines that did not run we count nothing (BRA-08).
COMPOUND = [
    "if x:",
    "for i in x:",
    "while x:",
    "with x:",
    "try:",
    "if z:  # pragma: no cover",
    "def f(self):",
    "async def g():",
    "class C:",
    "class D(C):",
    "@dec\ndef h():",
]


def block(rnd: random.Random, depth: int, indent: str = "") -> list[str]:
    """The lines of a random suite that nests up to `depth` deep."""
    lines: list[str] = []
    for _ in range(rnd.randint(1, 4)):
        if not depth or rnd.random() < 0.5:
            lines += [indent + line for line in rnd.choice(SIMPLE).split("\n")]
            continue
        head = rnd.choice(COMPOUND)
        lines += [indent + line for line in head.split("\n")]
        lines += block(rnd, depth - 1, indent + "    ")
        if head == "try:":
            lines += [f"{indent}except E:", *block(rnd, depth - 1, indent + "    ")]
        elif head.startswith(("if", "for", "while")) and rnd.random() < 0.4:
            lines += [f"{indent}else:", *block(rnd, depth - 1, indent + "    ")]
    return [*lines, indent + "z = 1"]


def project(rnd: random.Random, folder: Path, branches: bool) -> Path:
    """Random sources in `folder`, and a data file that says what ran of them."""
    data: dict[str, dict[str, Any]] = {"": {}, "a|b": {}, "c": {}}
    paths = [folder / name for name in rnd.sample(NAMES, rnd.randint(3, len(NAMES)))]
    for path in paths:
        text = "" if rnd.random() < 0.15 else "\n".join(block(rnd, 3)) + "\n"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        facts = analyze(Source.read(path))
        everything = sorted(facts.arcs) if branches else range(1, text.count("\n") + 1)
        for recorded in data.values():
            share = rnd.choice([0, 0.3, 0.9, 1])
            recorded[str(path)] = [fact for fact in everything if rnd.random() < share]
    lines, arcs = (None, data) if branches else (data, None)
    return data_file(folder / "data", lines, arcs, touch=map(str, paths))


def options(rnd: random.Random, branches: bool) -> dict[str, Any]:
    columns = ["name", "Stmts", "miss", "cover"] + ["branch", "brpart"] * branches
    return {
        "show_missing": rnd.random() < 0.6,
        "skip_covered": rnd.random() < 0.4,
        "skip_empty": rnd.random() < 0.4,
        "precision": rnd.choice([0, 0, 1, 2, 3, 7]),
        "sort": rnd.choice(["", "-", "+"]) + rnd.choice(columns),
    }


@pytest.mark.parametrize("branches", [False, True], ids=["lines", "branches"])
@pytest.mark.parametrize("seed", range(5))
def test_every_format_is_the_same(
    seed: int, branches: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path.resolve()
    monkeypatch.chdir(folder)
    rnd = random.Random(seed)
    data = project(rnd, folder, branches)
    for _ in range(3):
        how = options(rnd, branches)
        contexts = rnd.choice([None, ["a"], ["^$", "c"], ["nothing"]])
        theirs = coverage.Coverage(data_file=str(data), config_file=False)
        theirs.load()
        with Reader(data) as reader:
            report = gather(reader, GatherOptions(contexts=contexts, show_contexts=True))
        ours = MemoryOutput()
        for format in ("text", "markdown", "total"):
            ours.files.clear()
            write_report(report, format, ours, ReportOptions(**how))
            stream = io.StringIO()
            theirs.report(file=stream, output_format=format, contexts=contexts, **how)
            assert ours.files["-"] == stream.getvalue(), (format, how, contexts)
        write_report(report, "json", ours, ReportOptions(precision=how["precision"]))
        theirs.set_option("report:precision", how["precision"])
        theirs.json_report(outfile="theirs.json", contexts=contexts, show_contexts=True)
        expected = Path("theirs.json").read_text("utf-8")
        assert comparable(ours.files["coverage.json"]) == comparable(expected)
        os.unlink("theirs.json")
